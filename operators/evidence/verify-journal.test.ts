import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Journal } from './journal.ts';
import { formatHead, parseHead } from './journal-head.ts';
import { recordPath } from './record-path.ts';
import { keepSignedHead, signHead } from './signed-head.ts';
import type { PrivateKey } from './signing-key.ts';
import { copyFolder, fillJournal, makeFolder, THEN } from './testing/journal-folder.ts';
import { makePrivateKey } from './testing/signing-keys.ts';
import { verifyJournal } from './verify-journal.ts';

/** Signs the head of a journal and keeps that in its folder. */
async function signInto(folder: string, journal: Journal, key: PrivateKey): Promise<string> {
  const head = journal.head();
  if (head === undefined) throw new Error('the journal is empty');
  return keepSignedHead(folder, signHead(journal.centre, head, THEN, key));
}

describe('verifying a journal in a folder', () => {
  it('finds a tail that was cut off when a peer still has the head', async () => {
    const folder = makeFolder();
    const journal = await fillJournal(folder, 5);
    const head = parseHead(formatHead(journal.head() ?? expect.unreachable()));
    rmSync(path.join(folder, recordPath(5)));
    expect((await verifyJournal(folder)).fault).toBeUndefined();
    expect((await verifyJournal(folder, { heads: [head] })).fault).toMatchObject({
      kind: 'cut',
      sequence: 5,
    });
  });

  it('finds files that hide among the records', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 2);
    for (const stray of [
      'records/000000/000/notes.txt',
      'records/.hidden',
      'records/000000/001/000000000001.json',
    ]) {
      const copy = copyFolder(folder);
      mkdirSync(path.dirname(path.join(copy, stray)), { recursive: true });
      writeFileSync(path.join(copy, stray), '{}');
      expect((await verifyJournal(copy)).fault).toMatchObject({ kind: 'stray', path: stray });
    }
  });

  it('finds the journal of another centre', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 2, 'local-dr');
    expect((await verifyJournal(folder)).centre).toBe('local-dr');
    expect((await verifyJournal(folder, { centre: 'production' })).fault).toMatchObject({
      kind: 'foreign',
      sequence: 1,
    });
  });

  it('takes an empty journal for what it is, and a folder without one for none', async () => {
    const folder = makeFolder();
    await expect(verifyJournal(folder)).rejects.toThrow(/^ZB-EVD-004 no journal can be used in/);
    await fillJournal(folder, 0);
    expect(await verifyJournal(folder)).toMatchObject({ records: 0, head: undefined, fault: undefined });
  });

  it('tells up to where a key has signed', async () => {
    const folder = makeFolder();
    const key = makePrivateKey('ed25519');
    await signInto(folder, await fillJournal(folder, 2), key);
    await fillJournal(folder, 1);
    expect(await verifyJournal(folder, { keys: [key] })).toMatchObject({
      records: 3,
      signedUpTo: 2,
      fault: undefined,
    });
    expect(await verifyJournal(folder, { keys: [makePrivateKey('sm2')] })).toMatchObject({ signedUpTo: 0 });
  });

  it('finds a journal that was cut or written anew behind a signed head', async () => {
    const folder = makeFolder();
    const file = await signInto(folder, await fillJournal(folder, 3), makePrivateKey('sm2'));
    const cut = copyFolder(folder);
    rmSync(path.join(cut, recordPath(3)));
    expect((await verifyJournal(cut)).fault).toMatchObject({ kind: 'cut', sequence: 3 });
    const anew = copyFolder(folder);
    rmSync(path.join(anew, 'records'), { recursive: true });
    await fillJournal(anew, 4, 'remote-dr');
    expect((await verifyJournal(anew)).fault).toMatchObject({ kind: 'altered', sequence: 3 });
    expect((await verifyJournal(anew)).fault?.detail).toContain(file);
  });

  it('finds a signed head that its key did not sign', async () => {
    const folder = makeFolder();
    const journal = await fillJournal(folder, 3);
    const key = makePrivateKey('ed25519');
    const signed = signHead('production', journal.head() ?? expect.unreachable(), THEN, key);
    const file = await keepSignedHead(folder, { ...signed, time: '2020-01-01T00:00:00.000Z' });
    expect((await verifyJournal(folder, { keys: [key] })).fault).toMatchObject({
      kind: 'forged-head',
      path: file,
    });
    chmodSync(path.join(folder, file), 0o600);
    writeFileSync(path.join(folder, file), 'nonsense');
    expect((await verifyJournal(folder)).fault).toMatchObject({ kind: 'forged-head', path: file });
  });

  it('changes nothing', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 2);
    const before = readdirSync(folder, { recursive: true });
    await verifyJournal(folder);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it.each<[string, (file: string) => void]>([
    ['a pipe', (file) => void execFileSync('mkfifo', [file])],
    [
      'a link',
      (file) => {
        symlinkSync('/etc', file);
      },
    ],
    [
      'a file longer than memory',
      (file) => {
        writeFileSync(file, '');
        truncateSync(file, 3 * 2 ** 30);
      },
    ],
  ])('neither waits for nor follows %s in the place of a record or a signed head', async (_what, put) => {
    const folder = makeFolder();
    await fillJournal(folder, 1);
    mkdirSync(path.join(folder, 'heads'));
    const head = path.join(folder, 'heads', '000000000001-x.json');
    put(head);
    expect((await verifyJournal(folder)).fault).toMatchObject({ kind: 'forged-head' });
    rmSync(head);
    put(path.join(folder, recordPath(2)));
    expect(await verifyJournal(folder)).toMatchObject({
      records: 1,
      fault: { kind: 'stray', path: recordPath(2) },
    });
  });
});
