import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CommandFailedError } from '../errors.ts';
import { printedVersion, type ReadVersion, rememberedVersions, versionReader } from './program-version.ts';

describe('the version in what a program prints', () => {
  it.each([
    ['etcd Version: 3.6.16\nGit SHA: Not provided\nGo Version: go1.26.8\n', '3.6.16'],
    ['Kubernetes v1.34.4\n', '1.34.4'],
    ['Client Version: v1.34.4\nKustomize Version: v5.7.1\n', '1.34.4'],
    ['CoreDNS-1.15.0\nlinux/amd64, go1.26.8,\n', '1.15.0'],
    ['Terraform v1.11.4\non linux_amd64\n', '1.11.4'],
    ['OpenTofu v1.12.0-rc1\n', '1.12.0-rc1'],
    ['app version development\n', undefined],
    ['', undefined],
  ])('%j → %s', (output, version) => {
    expect(printedVersion(output)).toBe(version);
  });

  it('is read from Go when the program itself cannot say', async () => {
    const info =
      'provider: go1.26.8\n\tpath\tgithub.com/x/provider\n\tmod\tgithub.com/x/provider\tv1.19.0\th1:a=\n\tdep\ty\tv2.0.0\n';
    expect(await versionReader(() => Promise.resolve(info))('provider', 'build-info')).toBe('1.19.0');
  });

  it('is none when the program does not run', async () => {
    const failing = versionReader(() =>
      Promise.reject(new CommandFailedError(['etcd'], 1, 'exec format error')),
    );
    expect(await failing('etcd', ['--version'])).toBeUndefined();
  });
});

describe('a remembered version', () => {
  const LARGE = 'x'.repeat(200_000);
  let directory: string;
  let file: string;
  let asked: string[];

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'zaibei-version-'));
    file = path.join(directory, 'etcd');
    asked = [];
  });

  afterEach(() => rm(directory, { recursive: true }));

  /** A new process that asks, with the memory that earlier ones left. */
  const ask = (answer: string | undefined): Promise<string | undefined> => {
    const program: ReadVersion = (asking) => {
      asked.push(asking);
      return Promise.resolve(answer);
    };
    return rememberedVersions(path.join(directory, 'versions.json'), program)(file, []);
  };

  it('is asked for once while the file stays as it is', async () => {
    await writeFile(file, LARGE);
    expect(await ask('3.6.16')).toBe('3.6.16');
    expect(await ask('never asked')).toBe('3.6.16');
    expect(asked).toEqual([file]);
  });

  it.each([
    ['cut', LARGE.slice(1), 1e9],
    ['replaced', LARGE.toUpperCase(), 2e9],
  ])('is asked for again when the file was %s', async (_, contents, date) => {
    await writeFile(file, LARGE);
    await utimes(file, 1e9, 1e9);
    await ask('3.6.16');
    await writeFile(file, contents);
    await utimes(file, date, date);
    expect(await ask(undefined)).toBeUndefined();
  });

  it('is not kept of a small file: a shim may start another version tomorrow', async () => {
    await writeFile(file, '#!/bin/sh\nexec etcd-3.6 "$@"\n');
    await ask('3.6.16');
    expect(await ask('3.7.0')).toBe('3.7.0');
  });

  it('is none of a file that is not there, and nobody is asked', async () => {
    expect(await ask('3.6.16')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each(['', '{"size":', 'null'])('is asked for when the memory holds %j', async (memory) => {
    await writeFile(path.join(directory, 'versions.json'), memory);
    await writeFile(file, LARGE);
    expect(await ask('3.6.16')).toBe('3.6.16');
  });
});
