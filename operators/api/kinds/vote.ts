import { z } from 'zod';
import { immutable } from '../crd/rule.ts';
import { statusFields } from '../values/condition.ts';
import { recordSchema } from '../values/journal-position.ts';
import { nameSchema } from '../values/name.ts';
import { ballotFields, BALLOT_COLUMNS } from './claim.ts';
import { defineKind, type ResourceOf } from './kind.ts';
import { AGE_COLUMN } from './print-column.ts';

const spec = immutable(
  z.strictObject({
    ...ballotFields,
    voter: nameSchema(40).meta({ description: 'Centre that votes: the one in whose API this stands.' }),
  }),
  'a vote',
);

const status = z.strictObject({
  ...statusFields,
  record: recordSchema.optional(),
});

/**
 * A centre's answer to a claim. Its name is made of subject and epoch, so that the API server itself refuses a second one
 * of the same centre, also from two operators at once.
 */
export const voteKind = defineKind({
  kind: 'Vote',
  plural: 'votes',
  shortNames: ['vt'],
  scope: 'Cluster',
  writtenBy: 'operator',
  description:
    "A centre's answer to a Claim: at this epoch of the subject it is for this claim and no other. It stands in the API of the voter, is never changed, and is named after subject and epoch, so that there can be one only. Of each subject the last ten stay, the highest epoch for ever; the journal has them all.",
  spec,
  status,
  columns: [
    ...BALLOT_COLUMNS,
    { name: 'Voter', type: 'string', jsonPath: '.spec.voter' },
    { name: 'Digest', type: 'string', jsonPath: '.spec.digest', priority: 1 },
    AGE_COLUMN,
  ],
});

/** A document of {@link voteKind}, as the operator of the voter writes it. */
export type Vote = ResourceOf<typeof voteKind>;
