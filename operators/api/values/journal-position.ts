import { z } from 'zod';
import { digestSchema } from './digest.ts';

const sequence = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Schema of a note that something has been written into the journal of this centre. */
export const recordSchema = sequence.meta({
  description: "Number of the record that tells of it in this centre's journal. Absent: there is none yet.",
});

/** Schema of a place in a centre's journal: which record, and the digest that it has there. */
export const journalPositionSchema = z.strictObject({
  sequence: sequence.meta({ description: 'Number of the record; the first has 1, and none is left out.' }),
  digest: digestSchema().meta({
    description: 'Digest of the record, which includes that of the record before it.',
  }),
});

/** A place in a centre's journal. As a head it says how long the journal is, and what all of it must be. */
export type JournalPosition = z.infer<typeof journalPositionSchema>;
