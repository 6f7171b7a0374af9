import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CommandFailedError } from '../errors.ts';
import { type RunBound } from './bound-process.ts';
import { installPackages, missingPackages } from './debian-packages.ts';

describe('the Debian packages that are missing', () => {
  const packages = [
    { name: 'containerd', commands: ['containerd', 'ctr'] },
    { name: 'iproute2', commands: ['ip'] },
    { name: 'ca-certificates', files: [import.meta.filename] },
    { name: 'containernetworking-plugins', files: ['/nowhere/cni/bridge'] },
  ];

  it('are those of which anything is not there, wherever the rest comes from', async () => {
    const onPath = ['containerd', 'ip'];
    const find = (name: string): Promise<string | undefined> =>
      Promise.resolve(onPath.includes(name) ? `/opt/bin/${name}` : undefined);
    expect(await missingPackages(find, packages)).toEqual(['containerd', 'containernetworking-plugins']);
  });
});

describe('installing Debian packages', () => {
  let directory: string;
  let policy: string;
  let commands: string[];

  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'zaibei-debian-'));
    policy = path.join(directory, 'policy-rc.d');
    commands = [];
  });

  afterEach(() => rm(directory, { recursive: true }));

  /** An apt whose n-th command fails with n-th text, and that notes whether services may start. */
  function apt(...failures: string[]): RunBound {
    return async (command, args) => {
      const switchedOff = existsSync(policy) && (await readFile(policy, 'utf8')).includes('exit 101');
      commands.push(`${args[0] ?? ''}${switchedOff ? '' : ' with services'}`);
      const failure = failures[commands.length - 1];
      if (failure) throw new CommandFailedError([command, ...args], 100, failure);
      return '';
    };
  }

  it('leaves the package lists alone when they will do', async () => {
    await installPackages(['tini'], apt(), policy);
    expect(commands).toEqual(['install']);
  });

  it('refreshes the lists when a package is not found with those there are', async () => {
    await installPackages(['tini'], apt('E: Unable to locate package tini'), policy);
    expect(commands).toEqual(['install', 'update', 'install']);
  });

  it('says which packages could not be installed, and why', async () => {
    await expect(
      installPackages(['tini', 'nftables'], apt('a', '', 'E: No space'), policy),
    ).rejects.toMatchObject({
      code: 'ZB-TOOL-007',
      message: expect.stringMatching(
        /could not install tini, nftables; install them by hand.*E: No space/s,
      ) as string,
    });
    expect(existsSync(policy)).toBe(false);
  });

  it('leaves no switch behind, also not that of a run that was killed', async () => {
    await installPackages(['tini'], apt(), policy);
    expect(existsSync(policy)).toBe(false);
    await installPackages(
      ['tini'],
      async () => {
        const ours = await readFile(policy);
        await rm(policy);
        await writeFile(`${policy}.killed`, ours);
        return '';
      },
      policy,
    );
    await writeFile(policy, await readFile(`${policy}.killed`));
    await installPackages(['tini'], apt(), policy);
    expect(existsSync(policy)).toBe(false);
  });

  it("leaves the machine's own switch as it is", async () => {
    await writeFile(policy, '#!/bin/sh\nexit 101\n');
    await installPackages(['tini'], apt(), policy);
    expect(await readFile(policy, 'utf8')).toBe('#!/bin/sh\nexit 101\n');
  });
});
