import type { Journal, JournalEntry } from '../journal.ts';
import type { JournalHead } from '../journal-head.ts';
import type { JournalRecord } from '../journal-record.ts';
import { RecentRecords } from '../recent-records.ts';
import type { RecordKind } from '../record-kind.ts';
import { sealRecord } from '../seal-record.ts';

/** Settings of a journal in memory. */
export interface MemoryJournalOptions {
  readonly centre?: string;
  /** Milliseconds since 1970; by default always the same moment. */
  readonly now?: () => number;
}

/**
 * A journal for tests of writers: it takes and refuses what the real one does, makes the same records, and can be told to
 * fail. Records survive what a test calls a restart as long as the test keeps the journal.
 */
export class MemoryJournal implements Journal {
  readonly centre: string;
  readonly records: JournalRecord[] = [];
  /** Thrown by the next append instead of writing, once. */
  failNext: Error | undefined;
  readonly #now: () => number;
  readonly #recent = new RecentRecords();
  #head: JournalHead | undefined;

  constructor({ centre = 'production', now = () => Date.UTC(2026, 10, 23, 4) }: MemoryJournalOptions = {}) {
    this.centre = centre;
    this.#now = now;
  }

  head(): JournalHead | undefined {
    return this.#head;
  }

  latest(): JournalRecord | undefined {
    return this.records.at(-1);
  }

  async append(entry: JournalEntry): Promise<JournalRecord> {
    // Like a write to a disk it does not happen before the caller goes on.
    await Promise.resolve();
    const failure = this.failNext;
    this.failNext = undefined;
    if (failure !== undefined) throw failure;
    const { record, head } = sealRecord(entry, {
      centre: this.centre,
      head: this.#head,
      time: this.#now(),
      algorithm: 'sha256',
    });
    this.records.push(record);
    this.#recent.add(record);
    this.#head = head;
    return record;
  }

  lastOf(kind: RecordKind, uid: string): JournalRecord | undefined {
    return this.#recent.find(kind, uid);
  }
}
