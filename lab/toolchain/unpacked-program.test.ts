import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';

import { type RunBound } from './bound-process.ts';
import {
  describePromtool,
  locateUnpackedProgram,
  unpackProgram,
  type UnpackedProgram,
} from './unpacked-program.ts';

describe('a program out of a Debian package', () => {
  let partial: string;
  let promtool: UnpackedProgram;
  let commands: string[];

  beforeEach(async () => {
    const cache = await mkdtemp(path.join(tmpdir(), 'zaibei-unpacked-'));
    onTestFinished(() => rm(cache, { recursive: true }));
    partial = path.join(cache, 'partial');
    promtool = describePromtool(cache);
    commands = [];
  });

  /** An apt and a dpkg-deb that make the files which the real ones would. */
  const machine: RunBound = async (command, args) => {
    commands.push([command, ...args].join(' ').replaceAll(partial, 'PARTIAL'));
    if (command !== 'sh') return '';
    const bin = path.join(args.at(-1) ?? '', 'usr', 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(path.join(bin, 'promtool'), 'the program');
    await chmod(path.join(bin, 'promtool'), 0o755);
    return '';
  };
  const nothing = (): Promise<undefined> => Promise.resolve(undefined);

  it('is taken out without the package being installed, and leaves nothing else', async () => {
    expect(await locateUnpackedProgram(promtool, nothing)).toBeUndefined();
    await unpackProgram(promtool, partial, machine);
    expect(await locateUnpackedProgram(promtool, nothing)).toBe(promtool.path);
    expect(await readFile(promtool.path, 'utf8')).toBe('the program');
    expect(commands).toHaveLength(2);
    expect(commands.join('\n')).not.toContain('install');
    expect(await readdir(partial)).toEqual([]);
  });

  it('is the one on PATH where there is one', async () => {
    expect(await locateUnpackedProgram(promtool, () => Promise.resolve('/opt/bin/promtool'))).toBe(
      '/opt/bin/promtool',
    );
  });

  it('that cannot be fetched is named, with what to do', async () => {
    const offline: RunBound = () => Promise.reject(new Error('no route to the mirror'));
    await expect(unpackProgram(promtool, partial, offline)).rejects.toMatchObject({
      code: 'ZB-TOOL-008',
      message: expect.stringMatching(/package prometheus; put a promtool on PATH.*no route/s) as string,
    });
    expect(existsSync(promtool.path)).toBe(false);
  });
});
