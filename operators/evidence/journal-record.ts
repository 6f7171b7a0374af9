import { z } from 'zod';
import { digestSchema } from './digest.ts';

/** Written in every record, so that a verifier of another year knows the rules it was written by. */
export const JOURNAL_FORMAT = 'zaibei-journal/1';

/** Highest sequence that file names have room for. */
export const LAST_SEQUENCE = 999_999_999_999;

const objectReferenceSchema = z.strictObject({
  kind: z.string().min(1),
  namespace: z.string().min(1).optional(),
  name: z.string().min(1),
  /** Unlike the name never used again. */
  uid: z.string().min(1),
  /** Which version of its spec; of a Lease its transitions. */
  generation: z.int().min(0).optional(),
});

/** Which object, and which version of it, a record is about. */
export type ObjectReference = Readonly<z.infer<typeof objectReferenceSchema>>;

/** Shape of a record. Strict: what is not listed here is no part of a record. */
export const journalRecordSchema = z.strictObject({
  format: z.literal(JOURNAL_FORMAT),
  /** 1, 2, 3, … without gaps. */
  sequence: z.int().min(1).max(LAST_SEQUENCE),
  /** When it was written by the writer's clock: UTC with milliseconds. It may go back when that clock was set back. */
  time: z.iso.datetime({ precision: 3 }),
  centre: z.string().min(1),
  /** Digest of the record before; null in the first. It names its algorithm, so a journal may change algorithms. */
  previous: digestSchema().nullable(),
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
  actor: z.string().min(1).max(253),
  object: objectReferenceSchema.optional(),
  body: z.record(z.string(), z.unknown()),
});

/** One record, as it stands in its file. */
export type JournalRecord = Readonly<z.infer<typeof journalRecordSchema>>;
