import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { DigestAlgorithm } from './digest.ts';
import { type Disk, flushFolders } from './durable-file.ts';
import { EvidenceError } from './evidence-error.ts';
import { FAULTS } from './journal-fault.ts';
import type { JournalHead } from './journal-head.ts';
import type { JournalRecord } from './journal-record.ts';
import { RecentRecords } from './recent-records.ts';
import { recordPath, RECORDS, UNFINISHED } from './record-path.ts';
import { type ChainVerdict, verifyChain } from './verify-chain.ts';
import { lastSequence, walkRecords } from './walk-records.ts';

/** Records that are read and checked when a journal is opened: some tens of milliseconds. */
const TAIL = 1000;

/** Makes sure that a folder can hold a journal. @throws EvidenceError `ZB-EVD-004` */
export async function prepareFolder(folder: string, disk: Disk): Promise<void> {
  try {
    if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder');
    for (const part of [RECORDS, UNFINISHED]) await disk.mkdir(path.join(folder, part), { recursive: true });
    await flushFolders(disk, folder, RECORDS);
  } catch (cause) {
    throw unusable(folder, cause);
  }
}

/** The error for a folder that holds no journal, or must not be touched. */
export function unusable(folder: string, cause: unknown): EvidenceError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EvidenceError(
    'ZB-EVD-004',
    `no journal can be used in ${folder} (${reason}); mount its volume there, and let the process read and write it`,
    { cause },
  );
}

/** What a writer needs to know of the journal that it goes on with. */
export interface Tail {
  readonly head: JournalHead | undefined;
  /** The record of the head. */
  readonly latest: JournalRecord | undefined;
  readonly recent: RecentRecords;
}

/** Head and recent records of a journal, checked. @throws EvidenceError `ZB-EVD-004`, `ZB-EVD-005` */
export async function loadTail(
  folder: string,
  centre: string,
  algorithm: DigestAlgorithm,
  disk: Disk,
): Promise<Tail> {
  const recent = new RecentRecords();
  let head: JournalHead | undefined;
  let latest: JournalRecord | undefined;
  try {
    const last = await lastSequence(folder);
    const from = Math.max(1, last - TAIL + 1);
    const files = walkRecords(folder, from);
    const verdict = await verifyChain(files, {
      centre,
      from,
      algorithm,
      onRecord: (record) => {
        recent.add(record);
        latest = record;
      },
    });
    refuseBroken(folder, verdict);
    head = verdict.head;
    await clearUnfinished(folder, last);
    // A writer may have ended between a record and the flushing of its folder.
    if (last > 0) await flushFolders(disk, folder, path.dirname(recordPath(last)));
  } catch (cause) {
    throw cause instanceof EvidenceError ? cause : unusable(folder, cause);
  }
  return { head, latest, recent };
}

function refuseBroken(folder: string, { fault }: ChainVerdict): void {
  if (fault === undefined) return;
  throw new EvidenceError(
    'ZB-EVD-005',
    `the journal in ${folder} ends in records that do not hold, so nothing is added: ${fault.path}: ${FAULTS[fault.kind].en} (${fault.detail}). ` +
      'Keep the folder as evidence: move it away, and a new journal begins; see "npx zaibei journal verify"',
  );
}

/**
 * Clears away what interrupted writers left. A file for a sequence that is taken can never become a record any more, whoever
 * is writing it; others are left alone, because another writer may be about to link them.
 */
async function clearUnfinished(folder: string, last: number): Promise<void> {
  for (const name of await readdir(path.join(folder, UNFINISHED))) {
    if (Number.parseInt(name, 10) <= last)
      await unlink(path.join(folder, UNFINISHED, name)).catch(() => undefined);
  }
}
