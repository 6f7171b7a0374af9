import { z } from 'zod';
import { immutable, mapList, withRules } from '../crd/rule.ts';
import { statusFields } from '../values/condition.ts';
import { digestSchema } from '../values/digest.ts';
import { recordSchema } from '../values/journal-position.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { textSchema } from '../values/text-schema.ts';
import { instantSchema } from '../values/time.ts';
import { defineKind, type ResourceOf } from './kind.ts';
import { AGE_COLUMN, MESSAGE_COLUMN, type PrintColumn } from './print-column.ts';

/** How a claim can end. An outcome is final: the API server refuses another. */
export const CLAIM_OUTCOMES = ['Agreed', 'Refused', 'Expired'] as const;

const SUBJECT = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\/[a-z0-9]([-a-z0-9]*[a-z0-9])?){2}$/;

/** Subject of the roles of a protection group, which Placement states. */
export function placementSubject(namespace: string, group: string): string {
  return `placement/${namespace}/${group}`;
}

/** What a claim and the votes on it are about, and at which epoch. */
export const ballotFields = {
  subject: textSchema(SUBJECT, 'names separated by "/", such as placement/population/population', 200).meta({
    description:
      'What is to be agreed: `placement/<namespace>/<group>`. Centres that have neither Placement nor Dataset of the group do not vote.',
  }),
  epoch: z.int().min(1).max(Number.MAX_SAFE_INTEGER).meta({
    description:
      'Number of the agreement. Each centre votes for one claim at an epoch, and never again below it.',
  }),
  claimant: nameSchema(40).meta({
    description: 'Centre that claims; it acts on the agreement, and nobody else.',
  }),
  digest: digestSchema().meta({ description: 'Digest of exactly what is claimed.' }),
};

const spec = immutable(
  z.strictObject({
    ...ballotFields,
    deadline: instantSchema().meta({
      description: 'Until when votes are gathered, by the clock of the claimant.',
    }),
  }),
  'a claim',
);

const answer = z.strictObject({
  centre: nameSchema(40).meta({ description: 'Centre with a vote.' }),
  answer: z.enum(['granted', 'refused', 'unknown']).meta({
    description:
      '`granted`: it has voted for this claim. `refused`: it never will, having voted otherwise. `unknown`: no vote has been read.',
  }),
  reason: lineSchema(200).optional().meta({ description: 'What it was refused for.' }),
});

const status = withRules(
  z.strictObject({
    ...statusFields,
    outcome: z
      .enum(CLAIM_OUTCOMES)
      .optional()
      .meta({ description: 'How it ended; absent while votes are gathered. Final.' }),
    decidedAt: instantSchema()
      .optional()
      .meta({ description: 'When the claimant saw how it ended, by its own clock.' }),
    quorum: z.int().min(1).max(64).optional().meta({
      description: 'How many votes are an agreement: more than half of the voting centres.',
    }),
    votes: mapList(answer, ['centre'], 64)
      .optional()
      .meta({ description: 'What each voting centre has answered, as far as it was read.' }),
    record: recordSchema.optional(),
  }),
  {
    rule: '!has(oldSelf.outcome) || (has(self.outcome) && self.outcome == oldSelf.outcome)',
    message: 'the outcome of a claim is final',
  },
);

/** What was claimed, at which epoch; the same columns tell claims and votes apart. */
export const BALLOT_COLUMNS: readonly PrintColumn[] = [
  { name: 'Subject', type: 'string', jsonPath: '.spec.subject' },
  { name: 'Epoch', type: 'integer', jsonPath: '.spec.epoch' },
  { name: 'Claimant', type: 'string', jsonPath: '.spec.claimant' },
];

/** Something that a centre wants the others to agree to. It stands in the claimant's own API, where the others read it. */
export const claimKind = defineKind({
  kind: 'Claim',
  plural: 'claims',
  shortNames: ['clm'],
  scope: 'Cluster',
  writtenBy: 'operator',
  description:
    'Something that a centre wants the others to agree to, such as new roles at a new epoch. It stands in the API of the claimant; the others answer by a Vote in their own. Agreed is what more than half of the voting centres voted for; at one epoch of a subject that can be one claim only. Of each subject the last ten stay, and every open one; the journal has them all.',
  spec,
  status,
  columns: [
    ...BALLOT_COLUMNS,
    { name: 'Outcome', type: 'string', jsonPath: '.status.outcome' },
    { name: 'Deadline', type: 'string', jsonPath: '.spec.deadline', priority: 1 },
    MESSAGE_COLUMN,
    AGE_COLUMN,
  ],
});

/** A document of {@link claimKind}, as the operator of the claimant writes it. */
export type Claim = ResourceOf<typeof claimKind>;

/** How a claim ended, one of {@link CLAIM_OUTCOMES}. */
export type ClaimOutcome = (typeof CLAIM_OUTCOMES)[number];

/** What one voting centre has answered to a claim. */
export type ClaimAnswer = z.infer<typeof answer>;
