import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CommandFailedError } from '../errors.ts';
import { type RunBound } from './bound-process.ts';
import { buildGoProgram, describeGoBuild, type GoBuild, type GoBuildEffects } from './go-build.ts';
import { GO_PROGRAMS, type GoProgram, OPENTOFU } from './go-programs.ts';

const etcd: GoProgram = {
  name: 'etcd',
  module: 'etcd',
  package: 'go.etcd.io/etcd/server/v3',
  versionFrom: 'go.etcd.io/etcd/server/v3',
  stamps: (version) => ({ 'main.version': version }),
  versionArguments: ['--version'],
  fromPath: true,
  expectedSeconds: 10,
};

let directory: string;
let modules: string;
let cache: string;
let partial: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'zaibei-build-'));
  modules = path.join(directory, 'modules');
  cache = path.join(directory, 'cache');
  partial = path.join(cache, 'partial');
  await pin('3.6.16');
});

afterEach(() => rm(directory, { recursive: true }));

async function pin(version: string, sums = 'h1:a'): Promise<void> {
  await mkdir(path.join(modules, 'etcd'), { recursive: true });
  const goMod = `module zaibei.io/lab/etcd\n\ngo 1.26.0\n\nrequire (\n\tgo.etcd.io/etcd/server/v3 v${version}\n)\n`;
  await writeFile(path.join(modules, 'etcd', 'go.mod'), goMod);
  await writeFile(path.join(modules, 'etcd', 'go.sum'), sums);
}

const describeEtcd = (): Promise<GoBuild> => describeGoBuild(etcd, cache, modules);

/** A Go whose builds write a file, and programs that say the version their file holds. */
function goThatBuilds(
  version: string | undefined,
  fault?: () => Promise<never>,
): GoBuildEffects & { readonly commands: string[] } {
  const commands: string[] = [];
  const run: RunBound = async (command, args) => {
    commands.push([command, ...args].join(' '));
    const output = args[args.indexOf('-o') + 1] ?? '';
    await writeFile(output, version ?? '');
    await fault?.();
    return '';
  };
  const readVersion = async (file: string): Promise<string | undefined> =>
    (await readFile(file, 'utf8')) || undefined;
  return { commands, run, readVersion };
}

const build = async (effects: GoBuildEffects): Promise<void> =>
  buildGoProgram(await describeEtcd(), partial, effects, modules);

/** Everything in the cache that looks finished. */
const finished = async (): Promise<string[]> =>
  readdir(path.join(cache, 'programs'), { recursive: true }).catch(() => []);

describe('the place of a build in the cache', () => {
  it('names program and version and stays the same while nothing changes', async () => {
    const { path: file, version } = await describeEtcd();
    expect(version).toBe('3.6.16');
    expect(path.relative(cache, file)).toMatch(/^programs\/etcd\/3\.6\.16-[0-9a-f]{12}\/etcd$/);
    expect((await describeEtcd()).path).toBe(file);
  });

  it('changes with the pinned version, the sums, our own source and the flags', async () => {
    const keys = [(await describeEtcd()).key];
    await pin('3.6.17');
    keys.push((await describeEtcd()).key);
    await pin('3.6.17', 'h1:b');
    keys.push((await describeEtcd()).key);
    await writeFile(path.join(modules, 'etcd', 'main.go'), 'package main');
    keys.push((await describeEtcd()).key);
    keys.push((await describeGoBuild({ ...etcd, stamps: () => ({}) }, cache, modules)).key);
    expect(new Set(keys).size).toBe(5);
  });

  it('is known for every program of the lab from its committed module', async () => {
    for (const program of [...GO_PROGRAMS, OPENTOFU]) {
      const { version } = await describeGoBuild(program, cache);
      expect(version, program.name).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it('is of one release of Kubernetes: the parts that it is published in are pinned to that release too', async () => {
    const goMod = await readFile(path.join(import.meta.dirname, 'modules/kubernetes/go.mod'), 'utf8');
    const release = /k8s\.io\/kubernetes v1\.(\S+)/.exec(goMod)?.[1];
    const parts = [...goMod.matchAll(/=> k8s\.io\/\S+ (\S+)/g)].map(([, version]) => version);
    expect(parts.length).toBeGreaterThan(20);
    expect(new Set(parts)).toEqual(new Set([`v0.${release ?? ''}`]));
  });

  it('is refused when go.mod does not say the version', async () => {
    await writeFile(path.join(modules, 'etcd', 'go.mod'), 'module zaibei.io/lab/etcd\n');
    await expect(describeEtcd()).rejects.toThrow(/go\.mod does not require go\.etcd\.io\/etcd\/server\/v3/);
  });
});

describe('a build', () => {
  it('appears in the cache under its name, from the pinned module only', async () => {
    const effects = goThatBuilds('3.6.16');
    await build(effects);
    expect(await readFile((await describeEtcd()).path, 'utf8')).toBe('3.6.16');
    expect(await readdir(partial)).toEqual([]);
    expect(effects.commands[0]).toContain(
      `go -C ${path.join(modules, 'etcd')} build -mod=readonly -trimpath`,
    );
    expect(effects.commands[0]).toContain('-X main.version=3.6.16');
  });

  it('takes the place of a broken program', async () => {
    const { path: file } = await describeEtcd();
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'cut');
    await build(goThatBuilds('3.6.16'));
    expect(await readFile(file, 'utf8')).toBe('3.6.16');
  });

  it('leaves nothing when it fails, and says what the compiler said', async () => {
    const failure = new CommandFailedError(['go', 'build'], 1, 'undefined: grpc.Dial');
    await expect(build(goThatBuilds('3.6.16', () => Promise.reject(failure)))).rejects.toMatchObject({
      code: 'ZB-TOOL-002',
      message: expect.stringContaining(
        'making etcd failed. `go build` ended with 1: undefined: grpc.Dial',
      ) as string,
    });
    expect(await finished()).toEqual([]);
    expect(await readdir(partial)).toEqual([]);
  });

  it('does not appear while it is unfinished, so that a killed one leaves nothing that looks ready', async () => {
    let during: string[] = ['not looked'];
    const looking = goThatBuilds('3.6.16');
    const readVersion: GoBuildEffects['readVersion'] = async (file) => {
      during = await finished();
      return looking.readVersion(file, []);
    };
    await build({ ...looking, readVersion });
    expect(during).toEqual([]);
  });

  it.each([
    ['another version', '3.6.15', 'says version 3.6.15, pinned is 3.6.16'],
    ['none, because it does not run', undefined, 'says version nothing, pinned is 3.6.16'],
  ])('is refused when the program names %s', async (_, version, message) => {
    await expect(build(goThatBuilds(version))).rejects.toMatchObject({
      code: 'ZB-TOOL-003',
      message: expect.stringContaining(message) as string,
    });
    expect(await finished()).toEqual([]);
    expect(await readdir(partial)).toEqual([]);
  });

  it('says that the disk is full, where, and what to do', async () => {
    const failure = new CommandFailedError(
      ['go', 'build'],
      1,
      '/usr/bin/link: write: no space left on device',
    );
    await expect(build(goThatBuilds('3.6.16', () => Promise.reject(failure)))).rejects.toMatchObject({
      code: 'ZB-TOOL-004',
      message: expect.stringMatching(
        /disk filled up while making etcd \(\d+ MiB free under .*; free some space and run the command again/,
      ) as string,
    });
    expect(await finished()).toEqual([]);
    expect(await readdir(partial)).toEqual([]);
  });
});
