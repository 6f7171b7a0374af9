import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimFolder, removeEmptyState, removeFolder, writingState } from './instance-folder.ts';

let state: string;
let directory: string;

beforeEach(async () => {
  state = await mkdtemp(path.join(os.tmpdir(), 'lab-state-'));
  directory = path.join(state, 'lab');
});
afterEach(() => rm(state, { recursive: true, force: true }));

describe('a folder of the name of an instance that the lab did not make', () => {
  beforeEach(async () => {
    await mkdir(directory);
    await writeFile(path.join(directory, 'main.ts'), 'precious');
  });

  test('is neither used nor deleted, and named', async () => {
    const refusal = `${directory} was not made by the lab`;
    await expect(removeFolder(directory)).rejects.toThrow(refusal);
    await expect(claimFolder(directory)).rejects.toThrow(refusal);
    expect(existsSync(path.join(directory, 'main.ts'))).toBe(true);
  });
});

describe('a file where the folder of an instance would be', () => {
  test('is neither overwritten nor deleted, and named', async () => {
    await writeFile(directory, 'precious');
    const refusal = {
      code: 'ZB-LAB-016',
      message: expect.stringContaining(`${directory} was not made`) as string,
    };
    await expect(removeFolder(directory)).rejects.toMatchObject(refusal);
    await expect(writingState(state, 300, () => claimFolder(directory))).rejects.toMatchObject(refusal);
    expect(await readFile(directory, 'utf8')).toBe('precious');
  });
});

describe('the folder of an instance', () => {
  test('is deleted with all that is in it, also when its record is gone', async () => {
    await claimFolder(directory);
    await mkdir(path.join(directory, 'production/etcd'), { recursive: true });
    expect(await removeFolder(directory)).toBe(true);
    expect(existsSync(directory)).toBe(false);
    expect(await removeFolder(directory)).toBe(false);
  });

  test('is told by its record when it is from before there were markers', async () => {
    await mkdir(directory);
    await writeFile(path.join(directory, 'instance.json'), '{}');
    expect(await removeFolder(directory)).toBe(true);
  });

  test('is claimed where an interrupted start left it empty', async () => {
    await mkdir(directory);
    await claimFolder(directory);
    expect(existsSync(directory)).toBe(true);
  });
});

describe('the folder of all instances', () => {
  test('goes with the last of them, and not before', async () => {
    await claimFolder(directory);
    await removeEmptyState(state);
    expect(existsSync(directory)).toBe(true);
    await removeFolder(directory);
    await removeEmptyState(state);
    expect(existsSync(state)).toBe(false);
  });
});

describe('a state folder in which nothing can be written', () => {
  test('is refused with its name when it is no folder', async () => {
    const write = writingState('/dev/null', 300, () => claimFolder('/dev/null/lab'));
    await expect(write).rejects.toMatchObject({ code: 'ZB-LAB-020' });
    await expect(write).rejects.toThrow('cannot keep anything in /dev/null: ENOTDIR');
  });

  test('is refused as full when it is', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const write = writingState(path.join(state, 'not-yet'), 300, () => Promise.reject(full));
    await expect(write).rejects.toMatchObject({ code: 'ZB-LAB-013' });
    await expect(write).rejects.toThrow('starting the lab takes 300 MiB');
  });

  test('hides no other mistake', async () => {
    const mistake = new TypeError('a bug');
    await expect(writingState(state, 300, () => Promise.reject(mistake))).rejects.toBe(mistake);
  });
});
