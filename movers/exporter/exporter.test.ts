import { execFileSync } from 'node:child_process';
import {
  chownSync,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CertificateAuthority,
  type IssuedCertificate,
} from '../../operators/api/certificates/certificate-authority.ts';
import { DEPARTMENT, ExporterRig } from './testing/exporter-rig.ts';
import { folderDigest } from './testing/folder-digest.ts';

let rig: ExporterRig;
let pull: IssuedCertificate;

const MEBIBYTE = 2 ** 20;

/** What whoever starts an exporter gives it, to know it by. */
const STARTED_WITH = `sha256:${'7'.repeat(64)}`;

/** A file of the department. */
function file(name: string, text = name, mode = 0o640, owner = DEPARTMENT): string {
  const target = path.join(rig.volume, 'archive', name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  execFileSync('chmod', [mode.toString(8), target]);
  chownSync(target, owner, owner);
  return target;
}

beforeAll(async () => {
  rig = await ExporterRig.open();
  pull = await rig.issue('pull');
  file('plain.txt');
  file('of somebody else', 'x', 0o604, 4242);
  file('with space/证照 2026.pdf', '中文');
  file('line\nbreak');
  file('percent %HOME% \\#123');
  file('left-out.tmp');
  file('secret', 'root only', 0o600, 0);
  mkdirSync(path.join(rig.volume, 'archive/locked'), { mode: 0o700 });
  closeSync(openSync(file('sparse'), 'r+'));
  truncateSync(path.join(rig.volume, 'archive/sparse'), 64 * MEBIBYTE);
  execFileSync('mkfifo', [path.join(rig.volume, 'archive/pipe')]);
  symlinkSync('plain.txt', path.join(rig.volume, 'archive/within'));
  symlinkSync('../outside', path.join(rig.volume, 'archive/above'));
  symlinkSync('/etc', path.join(rig.volume, 'archive/etc'));
  writeFileSync(path.join(rig.volume, 'outside'), 'not of this dataset');
  await rig.serve({
    ZAIBEI_PATH: '/archive',
    ZAIBEI_EXCLUDE: '["*.tmp"]',
    ZAIBEI_STARTED_WITH: STARTED_WITH,
  });
}, 60_000);

afterAll(() => rig[Symbol.asyncDispose]());

/** Pulls everything, as whoever keeps a copy without being root does. */
const pullAll = (target: string, ...options: string[]) =>
  rig.rsync(pull, ['-aHS', '--numeric-ids', '--fake-super', ...options, 'EXPORTER/', rig.at(target)]);

describe('a pull from an exporter', () => {
  it('brings content, owners and modes, says what could not be read, and changes nothing at the source', async () => {
    const before = folderDigest(rig.volume);
    const { code, errors } = await pullAll('copy/');
    expect(code).toBe(23);
    expect(errors).toContain('"secret" (in files): Permission denied');
    expect(errors).toContain('"locked" (in files)');

    // The copy, as a restore brings it back.
    writeFileSync(rig.at('here'), '#!/bin/sh\nshift\nexec "$@"\n', { mode: 0o755 });
    const restored = [`here:${rig.at('copy')}/`, rig.at('restored')];
    execFileSync('rsync', ['-aHS', '--numeric-ids', '-M--fake-super', '-e', rig.at('here'), ...restored]);
    const source = folderDigest(path.join(rig.volume, 'archive'));
    const unread = ['secret', 'left-out.tmp'];
    const expected = Object.entries(source).filter(([name]) => !unread.includes(name));
    expect(Object.entries(folderDigest(rig.at('restored')))).toEqual(expected);
    expect(statSync(rig.at('copy/sparse')).blocks * 512).toBeLessThan(MEBIBYTE);
    expect(folderDigest(rig.volume)).toEqual(before);
  });

  it('brings links as links, and never what they lead to', async () => {
    expect((await rig.rsync(pull, ['-a', 'EXPORTER/etc', rig.at('links')])).code).toBe(0);
    expect(lstatSync(rig.at('links')).isSymbolicLink()).toBe(true);
    for (const wanted of ['etc/passwd', 'etc/', '../outside']) {
      const { code } = await rig.rsync(pull, ['-a', `EXPORTER/${wanted}`, rig.at('followed')]);
      expect(code, wanted).toBe(23);
    }
    for (const following of ['--copy-links', '--copy-unsafe-links', '--copy-dirlinks'])
      expect((await pullAll('followed', following)).errors, following).toContain('refuse');
  });

  it('cannot write, delete or list modules', async () => {
    const before = folderDigest(rig.volume);
    const text = rig.at('new');
    writeFileSync(text, 'new');
    expect((await rig.rsync(pull, ['-a', text, 'EXPORTER/'])).errors).toContain('module is read only');
    expect((await rig.rsync(pull, ['-a', '--delete', `${rig.certificates}/`, 'EXPORTER/'])).code).not.toBe(0);
    expect((await pullAll('moved', '--remove-source-files')).errors).toContain('refuse');
    expect(
      (await rig.rsync(pull, ['-a', '--files-from=:/etc/passwd', 'EXPORTER/', rig.at('moved')])).code,
    ).not.toBe(0);
    expect(await rig.rsync(pull, ['rsync://exporter/'])).toEqual({ code: 0, errors: '' });
    expect(folderDigest(rig.volume)).toEqual(before);
  });
});

describe('the report of an exporter', () => {
  it('says of which dataset it is, and repeats with what it was started', async () => {
    const report = await rig.reportThat(({ survey }) => survey !== undefined);
    expect(report).toMatchObject({ dataset: 'licences/licences', startedWith: STARTED_WITH });
  });
});

describe('the survey of an exporter', () => {
  it('counts what no copy will have, by name, whatever the name', async () => {
    const { survey } = await rig.reportThat(({ survey }) => survey !== undefined);
    expect(survey).toMatchObject({
      files: 7,
      folders: 2,
      links: 3,
      unreadable: { count: 2 },
      special: { count: 1, examples: ['pipe'] },
    });
    expect(survey?.unreadable.examples.toSorted()).toEqual(['locked', 'secret']);
    expect(survey?.leavingLinks).toEqual({ count: 2, examples: ['above', 'etc'] });
    expect(survey?.bytes).toBeGreaterThan(64 * MEBIBYTE);
  });

  it('sees what was mended', async () => {
    const name = '锁\n住';
    const locked = file(name, 'x', 0o600, 0);
    const refused = await rig.reportThat(({ survey }) => survey?.unreadable.count === 3);
    expect(refused.survey?.unreadable.examples).toContain('锁\\n住');
    chownSync(locked, DEPARTMENT, DEPARTMENT);
    await rig.reportThat(({ survey }) => survey?.unreadable.count === 2);
    execFileSync('rm', [locked]);
  });
});

describe('who is let in by an exporter', () => {
  it('is only who has the pull certificate of this dataset, by this authority, now', async () => {
    const stranger = await CertificateAuthority.make('site', Date.now() - 60_000, Date.now() + 60_000);
    const refused = {
      'no certificate': undefined,
      'another tenant': await rig.issue('pull', { dataset: { namespace: 'economy', name: 'economy' } }),
      'another purpose': await rig.issue('export'),
      expired: await rig.issue('pull', { until: Date.now() - 60_000 }),
      'another authority': await rig.issue('pull', { authority: stranger }),
    };
    for (const [who, certificate] of Object.entries(refused)) {
      const { code } = await rig.rsync(certificate, ['-a', 'EXPORTER/plain.txt', rig.at('stolen')]);
      expect(code, who).not.toBe(0);
    }
    expect((await rig.rsync(pull, ['-a', 'EXPORTER/plain.txt', rig.at('given')])).code).toBe(0);
    expect(readFileSync(rig.at('given'), 'utf8')).toBe('plain.txt');
    expect(() => statSync(rig.at('stolen'))).toThrow('ENOENT');
  });
});
