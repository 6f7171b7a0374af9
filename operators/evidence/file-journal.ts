import type { DigestAlgorithm } from './digest.ts';
import { createDurably, type Disk, realDisk } from './durable-file.ts';
import { EvidenceError } from './evidence-error.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { JournalHead } from './journal-head.ts';
import type { JournalRecord } from './journal-record.ts';
import { loadTail, prepareFolder } from './open-folder.ts';
import type { RecentRecords } from './recent-records.ts';
import type { RecordKind } from './record-kind.ts';
import { recordPath } from './record-path.ts';
import { sealRecord } from './seal-record.ts';

/** How a journal is opened for writing. */
export interface JournalOptions {
  /** An existing folder: the mount point of a volume. It is not made, so that a volume that is not mounted is noticed. */
  readonly folder: string;
  /** Whose journal it is, by the name in Topology. */
  readonly centre: string;
  /** Wall-clock time in milliseconds since 1970. */
  readonly now: () => number;
  /** Digest of new records. Default: `sha256`. Records of before keep theirs. */
  readonly algorithm?: DigestAlgorithm;
  /** The file system; a test gives one that fails. */
  readonly disk?: Disk;
}

/**
 * Opens the journal in a folder for its one writer, the leader. The last thousand records are checked first: nothing is
 * added to a chain whose end does not hold. The whole is what {@link verifyJournal} checks.
 * @throws EvidenceError `ZB-EVD-004` when the folder cannot be used, `ZB-EVD-005` when the end does not hold
 */
export async function openJournal(options: JournalOptions): Promise<Journal> {
  await prepareFolder(options.folder, options.disk ?? realDisk);
  const journal = new FileJournal(options);
  await journal.load();
  return journal;
}

class FileJournal implements Journal {
  readonly centre: string;
  readonly #options: JournalOptions;
  readonly #disk: Disk;
  #head: JournalHead | undefined;
  #latest: JournalRecord | undefined;
  #recent: RecentRecords | undefined;
  /** Set for good once this writer must not go on. */
  #ended: EvidenceError | undefined;
  /** The append before this one, so that there is one at a time. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#disk = options.disk ?? realDisk;
    this.centre = options.centre;
  }

  head(): JournalHead | undefined {
    return this.#head;
  }

  latest(): JournalRecord | undefined {
    return this.#latest;
  }

  lastOf(kind: RecordKind, uid: string): JournalRecord | undefined {
    return this.#recent?.find(kind, uid);
  }

  append(entry: JournalEntry): Promise<JournalRecord> {
    const result = this.#queue.then(() => this.#append(entry));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Reads head and recent records from the folder. */
  async load(): Promise<RecentRecords> {
    const { folder, centre, algorithm = 'sha256' } = this.#options;
    const { head, latest, recent } = await loadTail(folder, centre, algorithm, this.#disk);
    this.#head = head;
    this.#latest = latest;
    this.#recent = recent;
    return recent;
  }

  async #append(entry: JournalEntry): Promise<JournalRecord> {
    if (this.#ended !== undefined) throw this.#ended;
    // Forgotten by a write that failed: the record may be there all the same, and the next one goes behind it.
    const recent = this.#recent ?? (await this.load());
    const { folder, centre, now, algorithm = 'sha256' } = this.#options;
    const { record, text, head } = sealRecord(entry, { centre, head: this.#head, time: now(), algorithm });
    try {
      await createDurably(this.#disk, folder, recordPath(record.sequence), text);
    } catch (cause) {
      throw this.#failed(record.sequence, cause);
    }
    this.#head = head;
    this.#latest = record;
    recent.add(record);
    return record;
  }

  #failed(sequence: number, cause: unknown): EvidenceError {
    const { folder } = this.#options;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    if (code === 'EEXIST') {
      this.#ended = new EvidenceError(
        'ZB-EVD-006',
        `record ${sequence} in ${folder} was written by somebody else: two operators think they lead. This one adds nothing more; end it`,
        { cause },
      );
      return this.#ended;
    }
    this.#recent = undefined;
    return new EvidenceError(
      'ZB-EVD-007',
      `record ${sequence} could not be written to ${folder} (${code}): ${REMEDIES[code] ?? 'see what the volume reports'}`,
      { cause },
    );
  }
}

/** What to do about what a file system refuses. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the volume is full; make room or enlarge it. The journal itself is sound',
  EDQUOT: 'the quota of the volume is used up; raise it. The journal itself is sound',
  EROFS: 'the volume is read-only, often after an error of its disk; look at the node',
  EACCES: 'the process may not write there; the volume must belong to its group (fsGroup)',
  EIO: 'the disk reports an error; look at the node, and keep a copy of the journal',
};
