import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from './file-journal.ts';
import { recordPath } from './record-path.ts';
import { copyFolder, fillJournal, makeFolder, THEN, voteEntry } from './testing/journal-folder.ts';
import { verifyJournal } from './verify-journal.ts';

const open = (folder: string, centre = 'production') => openJournal({ folder, centre, now: () => THEN });

describe('the journal in a folder', () => {
  it('writes a record that sha256sum alone can chain', async () => {
    const folder = makeFolder();
    const journal = await fillJournal(folder, 2);
    const [first = '', second = ''] = [1, 2].map((sequence) =>
      readFileSync(path.join(folder, recordPath(sequence)), 'utf8'),
    );
    expect(first).toBe(
      '{"actor":"pod/zaibei-operator-0","body":{"epoch":1,"granted":true,"subject":"placement/hr/population"},' +
        '"centre":"production","format":"zaibei-journal/1","kind":"vote",' +
        '"object":{"generation":1,"kind":"Claim","name":"placement-1","uid":"uid-1"},' +
        '"previous":null,"sequence":1,"time":"2026-11-23T04:00:00.000Z"}',
    );
    const [digest] = execFileSync('sha256sum', [path.join(folder, recordPath(1))], {
      encoding: 'utf8',
    }).split(' ');
    expect(JSON.parse(second)).toMatchObject({ sequence: 2, previous: `sha256:${digest ?? ''}` });
    expect(journal.head()?.sequence).toBe(2);
    expect(journal.latest()).toEqual(JSON.parse(second));
  });

  it('goes on where it ended, remembers what it wrote, and leaves nothing unfinished', async () => {
    const folder = makeFolder();
    const before = await fillJournal(folder, 3);
    const journal = await open(folder);
    expect(journal.head()).toEqual(before.head());
    expect(journal.latest()).toEqual(before.latest());
    expect(journal.lastOf('vote', 'uid-2')?.sequence).toBe(2);
    expect(journal.lastOf('leader-change', 'uid-2')).toBeUndefined();
    expect(await journal.append(voteEntry(4))).toMatchObject({ sequence: 4 });
    expect(readdirSync(path.join(folder, 'unfinished'))).toEqual([]);
    expect(await verifyJournal(folder)).toMatchObject({ records: 4, head: journal.head(), fault: undefined });
  });

  it('writes appends made at the same time one after the other', async () => {
    const folder = makeFolder();
    const journal = await open(folder);
    const records = await Promise.all([1, 2, 3, 4, 5].map((epoch) => journal.append(voteEntry(epoch))));
    expect(records.map(({ sequence, body }) => [sequence, body['epoch']])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [n, n]),
    );
    expect(await verifyJournal(folder)).toMatchObject({ records: 5, fault: undefined });
  });

  it('refuses an entry without hurting the next one', async () => {
    const journal = await open(makeFolder());
    const refused = [
      journal.append({ ...voteEntry(1), body: { lag: NaN } }),
      journal.append({ ...voteEntry(1), body: { password: 'canary' } }),
      journal.append({ ...voteEntry(1), actor: '' }),
    ];
    const next = journal.append(voteEntry(1));
    await expect(refused[0]).rejects.toMatchObject({ code: 'ZB-EVD-001' });
    await expect(refused[1]).rejects.toMatchObject({ code: 'ZB-EVD-002' });
    await expect(refused[2]).rejects.toMatchObject({ code: 'ZB-EVD-003' });
    expect(await next).toMatchObject({ sequence: 1 });
  });

  it('lets the first of two writers win, and the other add nothing more', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 1);
    const [one, other] = [await open(folder), await open(folder)];
    await one.append(voteEntry(2));
    await expect(other.append(voteEntry(3))).rejects.toThrow(
      /^ZB-EVD-006 record 2 in .* was written by somebody else: two operators think they lead/,
    );
    // Also when the place is free again: what it knows of the journal is not what is there.
    renameSync(path.join(folder, recordPath(2)), path.join(folder, 'aside'));
    await expect(other.append(voteEntry(3))).rejects.toMatchObject({ code: 'ZB-EVD-006' });
    renameSync(path.join(folder, 'aside'), path.join(folder, recordPath(2)));
    expect(await one.append(voteEntry(3))).toMatchObject({ sequence: 3 });
    expect(await verifyJournal(folder)).toMatchObject({ records: 3, fault: undefined });
  });

  it('takes SM3 from one record on, and keeps the digests of before', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 2);
    const journal = await openJournal({ folder, centre: 'production', now: () => THEN, algorithm: 'sm3' });
    await journal.append(voteEntry(3));
    await journal.append(voteEntry(4));
    const previous = [2, 3, 4].map((sequence) =>
      readFileSync(path.join(folder, recordPath(sequence)), 'utf8'),
    );
    expect(previous.map((text) => /"previous":"(\w+):/.exec(text)?.[1])).toEqual(['sha256', 'sm3', 'sm3']);
    expect(await verifyJournal(folder)).toMatchObject({ records: 4, head: journal.head(), fault: undefined });
  });

  it('finds its head across folders, also behind an empty one', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 1001);
    mkdirSync(path.dirname(path.join(folder, recordPath(2_000_000))), { recursive: true });
    const journal = await open(folder);
    expect(journal.head()?.sequence).toBe(1001);
    expect(await journal.append(voteEntry(1002))).toMatchObject({ sequence: 1002 });
    expect(statSync(path.join(folder, 'records/000000/001/000000001002.json')).mode & 0o777).toBe(0o440);
    expect(await verifyJournal(folder)).toMatchObject({ records: 1002, fault: undefined });
  });

  it('adds nothing to an end that does not hold, and says what to do', async () => {
    const folder = makeFolder();
    await fillJournal(folder, 3);
    const damaged = copyFolder(folder);
    const file = path.join(damaged, recordPath(2));
    chmodSync(file, 0o600);
    writeFileSync(file, readFileSync(file, 'utf8').replace('true', 'null'));
    await expect(open(damaged)).rejects.toThrow(
      /^ZB-EVD-005 .*000000000002\.json: the record was altered .* move it away, and a new journal begins/,
    );
    await expect(open(folder, 'local-dr')).rejects.toThrow(/another centre \(it is of production/);
  });

  it('is not begun in a folder that is not there, because that is a volume that is not mounted', async () => {
    const folder = path.join(makeFolder(), 'journal');
    await expect(open(folder)).rejects.toThrow(
      /^ZB-EVD-004 no journal can be used in .*ENOENT.*mount its volume there/,
    );
    writeFileSync(folder, '');
    await expect(open(folder)).rejects.toThrow(/^ZB-EVD-004 .*it is no folder/);
    rmSync(folder);
  });
});
