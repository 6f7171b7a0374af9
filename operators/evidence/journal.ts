import type { JournalHead } from './journal-head.ts';
import type { JournalRecord, ObjectReference } from './journal-record.ts';
import type { RecordKind } from './record-kind.ts';

/** What a writer says; the journal adds sequence, time, centre and the digest of the record before. */
export interface JournalEntry {
  readonly kind: RecordKind;
  /** Who did it: `pod/zaibei-operator-7d9f-x2x` of the operator itself, the user's name of a person. */
  readonly actor: string;
  /** What it was done to. */
  readonly object?: ObjectReference;
  /**
   * What was done, as plain JSON: digests, names, numbers, reasons. Never a credential: what looks like one is refused. A
   * digest of a document says what it was, and gives nothing away.
   */
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The evidence of one centre: records that are only ever added, each holding the digest of the one before (行为审计).
 *
 * A writer must be **idempotent by state**, because it may be stopped between the record and whatever it does next:
 * 1. it knows from persisted state whether the record is due (`status.observedGeneration < metadata.generation`, a Vote
 *    without its note, a lease with more transitions than the last record tells of);
 * 2. it asks {@link lastOf} whether the record is there already (same kind, uid and generation): then it was stopped
 *    after writing it;
 * 3. it appends, and awaits that;
 * 4. only then it moves the state on.
 *
 * A record may so stand twice only if more than the recent records were written between 3 and 4, and one is never missing.
 */
export interface Journal {
  /** Whose journal it is. */
  readonly centre: string;
  /** Sequence and digest of the last record, or undefined as long as there is none: what status publishes and peers copy. */
  head(): JournalHead | undefined;
  /** The record that the head stands for. */
  latest(): JournalRecord | undefined;
  /**
   * Adds a record. It is on the disk, whole, when this resolves; when it rejects, it is not there, or it is there whole and
   * the next append goes on behind it. Appends made at the same time are written one after the other.
   * @throws EvidenceError `ZB-EVD-001` to `-003` for an entry that is refused (a defect of the writer: it stays refused),
   *   `-005` and `-006` when this journal must not be added to any more, `-007` when it cannot be written now
   */
  append(entry: JournalEntry): Promise<JournalRecord>;
  /**
   * The latest record of a kind about an object, if it is among the recent ones: the last thousand when the journal was
   * opened and those added since, for up to ten thousand objects.
   */
  lastOf(kind: RecordKind, uid: string): JournalRecord | undefined;
}
