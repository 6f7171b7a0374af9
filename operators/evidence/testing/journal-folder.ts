import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openJournal } from '../file-journal.ts';
import type { Journal, JournalEntry } from '../journal.ts';
import { hastyDisk } from './disks.ts';

/** When the journals of tests are written, unless a test says otherwise. */
export const THEN = Date.UTC(2026, 10, 23, 4);

/** A folder of a test's own, gone with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'zaibei-journal-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** A copy of a folder, to be damaged. */
export function copyFolder(folder: string): string {
  const copy = makeFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** A vote, in as few words as a journal needs. */
export function voteEntry(epoch: number): JournalEntry {
  return {
    kind: 'vote',
    actor: 'pod/zaibei-operator-0',
    object: { kind: 'Claim', name: `placement-${epoch}`, uid: `uid-${epoch}`, generation: 1 },
    body: { subject: 'placement/hr/population', epoch, granted: true },
  };
}

/** A journal with so many votes in it. */
export async function fillJournal(folder: string, votes: number, centre = 'production'): Promise<Journal> {
  const journal = await openJournal({ folder, centre, now: () => THEN, disk: hastyDisk });
  for (let epoch = 1; epoch <= votes; epoch += 1) await journal.append(voteEntry(epoch));
  return journal;
}
