import { unusable } from './open-folder.ts';
import { parseRecord, type ParsedRecord } from './parse-record.ts';
import { walkRecords } from './walk-records.ts';

/** What a file among the records holds: a record, or what keeps it from being one. */
export type ReadRecord = ParsedRecord & {
  /** Within the journal's folder. */
  readonly path: string;
};

/**
 * All records of a journal in the order of their sequences, a few in memory at a time. Nothing is verified.
 * @throws EvidenceError `ZB-EVD-004` when there is no journal in the folder, or it cannot be read
 */
export async function* readRecords(folder: string): AsyncGenerator<ReadRecord> {
  try {
    for await (const { path, bytes } of walkRecords(folder)) yield { path, ...parseRecord(bytes) };
  } catch (cause) {
    throw unusable(folder, cause);
  }
}
