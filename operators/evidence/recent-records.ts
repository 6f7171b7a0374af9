import type { JournalRecord } from './journal-record.ts';
import type { RecordKind } from './record-kind.ts';

/** How many records a process remembers. At half a kilobyte each these are 5 MiB. */
const MOST_RECENT = 10_000;

/** The latest record of each kind about each object, among the recent ones. */
export class RecentRecords {
  /** In the order of their sequence, because what is set anew is put last. */
  readonly #latest = new Map<string, JournalRecord>();

  add(record: JournalRecord): void {
    if (record.object === undefined) return;
    const key = keyOf(record.kind, record.object.uid);
    this.#latest.delete(key);
    this.#latest.set(key, record);
    if (this.#latest.size > MOST_RECENT) {
      for (const oldest of this.#latest.keys()) {
        this.#latest.delete(oldest);
        break;
      }
    }
  }

  find(kind: RecordKind, uid: string): JournalRecord | undefined {
    return this.#latest.get(keyOf(kind, uid));
  }
}

const keyOf = (kind: string, uid: string): string => `${kind}/${uid}`;
