import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { formatHead, type JournalHead, openJournal, recordPath } from '../../operators/evidence/index.ts';
import { copyFolder } from '../../operators/evidence/testing/journal-folder.ts';
import { makePrivateKey } from '../../operators/evidence/testing/signing-keys.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NOON = Date.UTC(2026, 10, 23, 4);

/** Runs `zaibei journal` as a person does. */
function journal(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['cli/main.ts', 'journal', ...args], { cwd: ROOT, encoding: 'utf8' });
}

describe('zaibei journal', () => {
  let folder = '';
  let head: JournalHead | undefined;
  const headText = () => formatHead(head ?? expect.unreachable());

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'zaibei-cli-journal-'));
    let now = NOON;
    const written = await openJournal({ folder, centre: 'production', now: () => now });
    await written.append({ kind: 'leader-change', actor: 'pod/operator-0', body: { transitions: 1 } });
    now += 3_600_000;
    const object = { kind: 'Claim', name: 'placement-1', uid: 'u1', generation: 1 };
    await written.append({
      kind: 'vote',
      actor: 'pod/operator-0',
      object,
      body: { epoch: 1, note: '\u001b[31m同意' },
    });
    now += 3_600_000;
    await written.append({ kind: 'vote', actor: 'pod/operator-1', object, body: { epoch: 2 } });
    head = written.head();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('verify ends with 0, prints the head, and says what it cannot know without one from elsewhere', () => {
    const { status, stdout } = journal('verify', '--journal', folder);
    expect(status).toBe(0);
    expect(stdout).toBe(
      `journal of production: all records hold: 3\nhead ${headText()}\n` +
        'no head from elsewhere was given (--head): last records that were cut off or written anew would not show\n',
    );
  });

  it('verify ends with 1, and names the first record that does not hold', () => {
    const copy = copyFolder(folder);
    const file = path.join(copy, recordPath(2));
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    writeFileSync(file, text.replace('"epoch":1', '"epoch":7'));
    const { status, stdout } = journal('verify', '--journal', copy, '--head', headText());
    expect(status).toBe(1);
    expect(stdout).toBe(
      'record 2 (records/000000/000/000000000002.json): the record was altered\n' +
        '    record 3 names another digest for it\nrecords before it that hold: 1\n',
    );
  });

  it('verify sees a cut tail by the head of a peer, and tells it as data', () => {
    const copy = copyFolder(folder);
    rmSync(path.join(copy, recordPath(3)));
    const { status, stdout } = journal('verify', '--journal', copy, '--head', headText(), '-o', 'yaml');
    expect(status).toBe(1);
    expect(parse(stdout)).toMatchObject({
      holds: false,
      records: 2,
      headsGiven: 1,
      fault: { kind: 'cut', sequence: 3, text: { zh: '尾部被截断' } },
    });
  });

  it('sign keeps the head signed, once, and verify tells how far a key has signed', () => {
    const copy = copyFolder(folder);
    const { secret, key } = makePrivateKey('sm2');
    const files = { secret: path.join(copy, 'private.pem'), public: path.join(copy, 'public.pem') };
    writeFileSync(files.secret, secret.export({ format: 'pem', type: 'pkcs8' }));
    writeFileSync(files.public, key.export({ format: 'pem', type: 'spki' }));
    const first = journal('sign', '--journal', copy, '--key', files.secret);
    expect(first.stdout).toMatch(/^signed, and kept in heads\/000000000003-sha256-[0-9a-f]{16}\.json\n/);
    expect(first.stdout).toContain(headText());
    expect(journal('sign', '--journal', copy, '--key', files.secret).stdout).toContain(
      'has signed this head already',
    );
    const { stdout } = journal('verify', '--journal', copy, '--key', files.public);
    expect(stdout).toContain('signed by the keys given up to record 3\n');
    expect(journal('verify', '--journal', copy, '--key', files.secret).stderr).toMatch(
      /^ZB-EVD-009 .*private key/,
    );
  });

  it('show prints a line for each record, without what a terminal would obey', () => {
    const { status, stdout } = journal('show', '--journal', folder);
    expect(status).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual([
      ['SEQUENCE', 'TIME', 'KIND', 'ACTOR', 'OBJECT'],
      ['1', '2026-11-23T04:00:00.000Z', 'leader-change', 'pod/operator-0', '-'],
      ['2', '2026-11-23T05:00:00.000Z', 'vote', 'pod/operator-0', 'Claim/placement-1'],
      ['3', '2026-11-23T06:00:00.000Z', 'vote', 'pod/operator-1', 'Claim/placement-1'],
      [''],
    ]);
    expect(stdout).not.toContain('\u001b');
  });

  it('show prints what is asked for, as data', () => {
    const filter = ['--journal', folder, '--kind', 'vote', '--since', '2026-11-23T05:30:00Z'];
    const json = JSON.parse(journal('show', ...filter, '-o', 'json').stdout) as unknown;
    expect(json).toMatchObject([{ sequence: 3, kind: 'vote', body: { epoch: 2 } }]);
    const yaml = parseAllDocuments(journal('show', '--journal', folder, '-o', 'yaml').stdout);
    expect(yaml.map((document) => document.get('sequence'))).toEqual([1, 2, 3]);
    expect(JSON.parse(journal('show', '--journal', folder, '--kind', 'none', '-o', 'json').stdout)).toEqual(
      [],
    );
  });

  it('show names a file that it cannot show, and goes on', () => {
    const copy = copyFolder(folder);
    rmSync(path.join(copy, recordPath(1)));
    writeFileSync(path.join(copy, recordPath(1)), '{');
    const { status, stdout, stderr } = journal('show', '--journal', copy);
    expect(status).toBe(1);
    expect(stderr).toBe(`${recordPath(1)} cannot be shown (the file is not JSON)\n`);
    expect(stdout.split('\n')).toHaveLength(4);
  });

  it('show ends quietly when its reader has seen enough', () => {
    const command = `"${process.execPath}" cli/main.ts journal show --journal "${folder}" | true; echo "$PIPESTATUS"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: ROOT, encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['0\n', '']);
  });

  it.each([
    [2, ['verify', '--head', 'sha256:00@1'], /ZB-EVD-008 "sha256:00" is no digest/],
    [2, ['show', '--since', 'yesterday'], /use an instant such as 2026-11-22T08:00:00Z/],
    [3, ['show', '--journal', '/nowhere'], /^ZB-EVD-004 no journal can be used in \/nowhere/],
    [3, ['verify', '--key', '/nowhere'], /^ZB-EVD-009 the key cannot be read: Error: ENOENT/],
  ])('ends with %d for %j', (code, args, message) => {
    const { status, stdout, stderr } = journal(...args);
    expect([status, stdout]).toEqual([code, '']);
    expect(stderr).toMatch(message);
  });
});
