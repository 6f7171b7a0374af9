import type { Journal, JournalEntry, JournalHead, JournalRecord, RecordKind } from '../evidence/index.ts';
import { NotLeadingError } from '../runtime/index.ts';

/**
 * The journal of a process that may come to lead. It has one writer, so it is opened when this process leads, and not before;
 * where that fails, each append tries again.
 */
export class LeaderJournal implements Journal {
  readonly centre: string;
  readonly #open: () => Promise<Journal>;
  readonly #leading: () => boolean;
  #journal: Journal | undefined;
  #opening: Promise<Journal> | undefined;

  /** @param open the journal of this centre, which throws where it cannot be used */
  constructor(centre: string, open: () => Promise<Journal>, leading: () => boolean) {
    this.centre = centre;
    this.#open = open;
    this.#leading = leading;
  }

  /** Opens it. @throws EvidenceError, NotLeadingError */
  async open(): Promise<Journal> {
    if (!this.#leading()) throw new NotLeadingError();
    if (this.#journal !== undefined) return this.#journal;
    // Shared by all who ask meanwhile: two openings would be two writers, and the second would be shut out for good.
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    this.#journal = await this.#opening;
    return this.#journal;
  }

  head(): JournalHead | undefined {
    return this.#journal?.head();
  }

  latest(): JournalRecord | undefined {
    return this.#journal?.latest();
  }

  lastOf(kind: RecordKind, uid: string): JournalRecord | undefined {
    return this.#journal?.lastOf(kind, uid);
  }

  async append(entry: JournalEntry): Promise<JournalRecord> {
    const journal = await this.open();
    // Opening takes a while, in which leadership may have ended.
    if (!this.#leading()) throw new NotLeadingError();
    return await journal.append(entry);
  }
}
