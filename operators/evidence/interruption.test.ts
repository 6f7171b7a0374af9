import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openJournal } from './file-journal.ts';
import { FailingDisk } from './testing/disks.ts';
import { fillJournal, makeFolder, THEN, voteEntry } from './testing/journal-folder.ts';
import { verifyJournal } from './verify-journal.ts';
import { lastSequence } from './walk-records.ts';

const OPTIONS = { centre: 'production', now: () => THEN };

/** Operations that opening and one append take, so that every one of them is made to fail. */
async function operationsOfOneAppend(): Promise<{ opening: number; all: number }> {
  const counting = new FailingDisk({ at: 0, code: 'none', forGood: false });
  const folder = makeFolder();
  const journal = await openJournal({ ...OPTIONS, folder, disk: counting.disk });
  const opening = counting.operations;
  await journal.append(voteEntry(1));
  return { opening, all: counting.operations };
}

describe('a journal that is interrupted', () => {
  it.each([
    ['ENOSPC', 'the volume is full'],
    ['EIO', 'the disk reports an error'],
    ['EROFS', 'the volume is read-only'],
  ])('by %s at any operation stays sound, says so, and goes on when that is over', async (code, remedy) => {
    const { opening, all } = await operationsOfOneAppend();
    expect(all - opening).toBeGreaterThan(8);
    for (let at = opening + 1; at <= all; at += 1) {
      const folder = makeFolder();
      const failing = new FailingDisk({ at, code, forGood: false });
      const journal = await openJournal({ ...OPTIONS, folder, disk: failing.disk });
      const first = await journal.append(voteEntry(1)).catch((error: unknown) => error);
      // The last operation takes the unfinished file away: its failure hurts nobody.
      if (at < all)
        expect(first).toMatchObject({
          code: 'ZB-EVD-007',
          message: expect.stringContaining(remedy) as string,
        });
      const written = await lastSequence(folder);
      expect(await journal.append(voteEntry(2))).toMatchObject({ sequence: written + 1 });
      expect(await verifyJournal(folder)).toMatchObject({ records: written + 1, fault: undefined });
    }
  });

  it('by the end of its process at any operation has nothing or a whole record more', async () => {
    const { opening, all } = await operationsOfOneAppend();
    const written = new Set<number>();
    for (let at = opening + 1; at <= all; at += 1) {
      const folder = makeFolder();
      const dying = new FailingDisk({ at, code: 'EKILLED', forGood: true });
      const journal = await openJournal({ ...OPTIONS, folder, disk: dying.disk });
      await journal.append(voteEntry(1)).catch(() => undefined);
      const records = await lastSequence(folder);
      written.add(records);
      expect(await verifyJournal(folder)).toMatchObject({ records, fault: undefined });
      const next = await openJournal({ ...OPTIONS, folder });
      expect(await next.append(voteEntry(2))).toMatchObject({ sequence: records + 1 });
      await openJournal({ ...OPTIONS, folder });
      expect(readdirSync(path.join(folder, 'unfinished'))).toEqual([]);
    }
    expect([...written]).toEqual([0, 1]);
  });

  it('by SIGKILL holds every record that was acknowledged', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 1);
    const program = path.join(import.meta.dirname, 'testing/endless-writer.ts');
    for (let round = 0; round < 2; round += 1) {
      const before = await lastSequence(folder);
      let acknowledged = before;
      const child = execFile(process.execPath, [program, folder]);
      child.stdout?.on('data', (text: string) => {
        acknowledged = Number(text.trim().split('\n').at(-1));
      });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await vi.waitFor(
        () => {
          expect(acknowledged).toBeGreaterThan(before + 20);
        },
        {
          timeout: 10_000,
          interval: 1,
        },
      );
      child.kill('SIGKILL');
      await ended;
      const { records, fault } = await verifyJournal(folder);
      expect(fault).toBeUndefined();
      expect(records).toBeGreaterThanOrEqual(acknowledged);
      expect(records).toBeLessThanOrEqual(acknowledged + 1);
    }
  });

  it('clears away what was left for records that exist, and leaves what another writer may be about to finish', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 2);
    for (const name of ['000000000002.json.a', '000000000003.json.b']) {
      writeFileSync(path.join(folder, 'unfinished', name), '{');
    }
    const journal = await openJournal({ ...OPTIONS, folder });
    expect(readdirSync(path.join(folder, 'unfinished'))).toEqual(['000000000003.json.b']);
    await journal.append(voteEntry(3));
    await openJournal({ ...OPTIONS, folder });
    expect(readdirSync(path.join(folder, 'unfinished'))).toEqual([]);
  });
});
