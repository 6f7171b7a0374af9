import { z } from 'zod';
import { atomicList, mapList } from '../crd/rule.ts';
import { statusFields } from '../values/condition.ts';
import { digestSchema } from '../values/digest.ts';
import { durationSchema } from '../values/duration.ts';
import { journalPositionSchema } from '../values/journal-position.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { textSchema } from '../values/text-schema.ts';
import { instantSchema } from '../values/time.ts';

/** What can be said of a peer's reachability. `Unknown` is not fine: nobody has looked, or was allowed to. */
export const REACHABILITIES = ['Reachable', 'Unreachable', 'Unknown'] as const;

/** Whether a peer wants what we want. `Unknown`: what it says is missing or too old. */
export const AGREEMENTS = ['Agrees', 'Differs', 'Unknown'] as const;

const word = textSchema(/^[A-Za-z][A-Za-z0-9]*$/, 'one word of letters and digits', 63);

const since = instantSchema().meta({ description: 'Since when that is so, as far as this operator knows.' });
const reason = word.meta({ description: 'Why, as one word for machines.' });

const desiredState = z.strictObject({
  digest: digestSchema().meta({
    description: 'Digest over all documents that config writes: their specs, in no order.',
  }),
  kinds: mapList(
    z.strictObject({
      kind: word.meta({ description: 'Kind of the documents.' }),
      documents: z.int().min(0).max(1_000_000).meta({ description: 'How many there are.' }),
      digest: digestSchema().meta({ description: 'Digest over them.' }),
    }),
    ['kind'],
    32,
  ).meta({ description: 'The same for each kind, so that a difference can be named.' }),
});

const reachability = z.strictObject({
  state: z.enum(REACHABILITIES).meta({ description: 'Whether its API server answers and lets us read.' }),
  since,
  reason,
  message: lineSchema(500).optional().meta({ description: 'What a person should know.' }),
});

/** Three centuries: wide enough for a clock that starts in 1970, or that somebody set at random. */
const milliseconds = z.int().min(-1e13).max(1e13);

const clockOffset = z.strictObject({
  least: milliseconds.meta({
    description: 'Least offset that fits all samples, in milliseconds; negative: its clock is behind ours.',
  }),
  most: milliseconds.meta({ description: 'Greatest offset that fits all samples, in milliseconds.' }),
});

const agreement = z.strictObject({
  state: z
    .enum(AGREEMENTS)
    .meta({ description: 'Whether the peer has the same desired state as this centre.' }),
  since,
  reason,
  differing: atomicList(lineSchema(200), 20).optional().meta({
    description:
      'Documents that differ, at most 20: `Dataset population/civil (only here)`. Absent: none, or they could not be read.',
  }),
  more: z.int().min(0).max(1_000_000).optional().meta({
    description: 'How many more differ than are listed.',
  }),
});

const peer = z.strictObject({
  name: nameSchema(40).meta({ description: 'The other centre.' }),
  reachability: reachability.meta({ description: 'Whether this centre can read it.' }),
  roundTrip: durationSchema()
    .optional()
    .meta({ description: 'Round trip of a request, median of the recent ones.' }),
  clockOffset: clockOffset
    .optional()
    .meta({ description: 'How far its clock is from ours: an interval, since servers tell whole seconds.' }),
  agreement: agreement.meta({ description: 'Whether it wants what this centre wants.' }),
  journal: journalPositionSchema.optional().meta({
    description:
      'Greatest head of its journal that was ever read here. Kept: a journal that ends before it has been cut.',
  }),
  credentialsExpire: instantSchema()
    .optional()
    .meta({ description: 'When the credentials expire by which it is read. Absent: not known.' }),
});

/** Status of Topology: what this centre says of itself for its peers, and what it knows of them. */
export const topologyStatusSchema = z.strictObject({
  ...statusFields,
  centre: nameSchema(40).optional().meta({ description: 'Centre in whose API this stands.' }),
  desiredState: desiredState
    .optional()
    .meta({ description: 'What this centre was told to want, for comparison by its peers.' }),
  journal: journalPositionSchema.optional().meta({ description: "Head of this centre's journal." }),
  peers: mapList(peer, ['name'], 64)
    .optional()
    .meta({ description: 'The other voting centres, as this one knows them.' }),
});

/** What stands in the status of a Topology. */
export type TopologyStatus = z.infer<typeof topologyStatusSchema>;

/** What a centre knows of another. */
export type PeerStatus = z.infer<typeof peer>;
