import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatHead, openJournal, RECORD_KINDS, recordPath } from '../operators/evidence/index.ts';
import {
  copyFolder,
  fillJournal,
  makeFolder,
  THEN,
  voteEntry,
} from '../operators/evidence/testing/journal-folder.ts';

const PAGE = readFileSync(path.join(import.meta.dirname, 'explanation/evidence.md'), 'utf8');
const SCRIPT = /```sh\n(.*?)```/s.exec(PAGE)?.[1] ?? '';

/** Runs the verifier that the page shows. */
function verify(folder: string): { status: number | null; stdout: string } {
  return spawnSync('sh', ['-c', SCRIPT, 'verify.sh', folder], { encoding: 'utf8' });
}

describe('the verifier in the page on evidence', () => {
  it('comes to the head that the journal has, also across a change of digests [S-01]', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 2);
    const journal = await openJournal({ folder, centre: 'production', now: () => THEN, algorithm: 'sm3' });
    await journal.append(voteEntry(3));
    await journal.append(voteEntry(4));
    const head = (await openJournal({ folder, centre: 'production', now: () => THEN })).head();
    expect(verify(folder)).toMatchObject({
      status: 0,
      stdout: `all 4 records hold; head ${formatHead(head ?? expect.unreachable())}\n`,
    });
  });

  it('stops at a record that was changed, and at one that is missing [S-01]', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 4);
    const changed = copyFolder(folder);
    const file = path.join(changed, recordPath(2));
    chmodSync(file, 0o600);
    writeFileSync(file, readFileSync(file, 'utf8').replace('true', 'false'));
    const told = 'records/000000/000/000000000003.json, or the record before it, does not hold\n';
    expect(verify(changed)).toMatchObject({ status: 1, stdout: told });
    rmSync(path.join(folder, recordPath(2)));
    expect(verify(folder)).toMatchObject({ status: 1, stdout: told });
  });

  it('knows all kinds of records', () => {
    const rows = Object.entries(RECORD_KINDS).map(([kind, { en }]) => `| \`${kind}\` | ${en} |`);
    expect(PAGE.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual(expect.arrayContaining(rows));
  });
});
