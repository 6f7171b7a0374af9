import { z } from 'zod';

/** Hexadecimal SHA-256 of what was written. */
const digestSchema = z.string().regex(/^[0-9a-f]{64}$/);

const entry = {
  /** Number of the change, counted up by its writer; none is given twice. */
  sequence: z.int().positive(),
  /**
   * `acknowledged`: the writer was told that it is kept, without a warning. `unsure`: it may be kept or not, and nobody may
   * count on it.
   */
  outcome: z.enum(['acknowledged', 'unsure']),
  /** When the writer was told, or gave up; by the clock of the writer, which stands outside the centres. */
  at: z.iso.datetime(),
  /** Why it is unsure. */
  reason: z.string().optional(),
};

/** A row that was written into a database. */
export const rowEntrySchema = z.object({ ...entry, digest: digestSchema });

export type RowEntry = z.infer<typeof rowEntrySchema>;

/** A file that was created, changed or deleted; without a digest it was deleted. */
export const fileEntrySchema = z.object({ ...entry, path: z.string(), digest: digestSchema.optional() });

export type FileEntry = z.infer<typeof fileEntrySchema>;
