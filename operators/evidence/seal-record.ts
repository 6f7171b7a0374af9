import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { type DigestAlgorithm, digestOf } from './digest.ts';
import { EvidenceError } from './evidence-error.ts';
import type { JournalEntry } from './journal.ts';
import type { JournalHead } from './journal-head.ts';
import { JOURNAL_FORMAT, type JournalRecord, journalRecordSchema } from './journal-record.ts';
import { refuseSecrets } from './secret-guard.ts';

/** What a record gets from the journal that it is added to. */
export interface SealContext {
  readonly centre: string;
  /** The record before, or undefined for the first. */
  readonly head: JournalHead | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Algorithm of the new head. */
  readonly algorithm: DigestAlgorithm;
}

/** A record ready to be kept. */
export interface SealedRecord {
  readonly record: JournalRecord;
  /** The whole content of its file: canonical JSON, no newline. */
  readonly text: string;
  readonly head: JournalHead;
}

/**
 * Makes the record that follows a head.
 * @throws EvidenceError `ZB-EVD-001`, `-002`, `-003` for an entry that is no evidence
 */
export function sealRecord(
  entry: JournalEntry,
  { centre, head, time, algorithm }: SealContext,
): SealedRecord {
  const text = canonicalJson({
    ...entry,
    format: JOURNAL_FORMAT,
    sequence: (head?.sequence ?? 0) + 1,
    time: new Date(time).toISOString(),
    centre,
    previous: head?.digest ?? null,
  });
  refuseSecrets(entry);
  // The record handed out is what stands in the file, not the writer's objects, which may change later.
  const parsed = journalRecordSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    throw new EvidenceError('ZB-EVD-003', `this is no record: ${z.prettifyError(parsed.error)}`);
  }
  const record = parsed.data;
  return { record, text, head: { sequence: record.sequence, digest: digestOf(text, algorithm) } };
}
