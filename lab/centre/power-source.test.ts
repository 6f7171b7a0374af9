import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { instanceFolderOf, refuseOtherState } from './power-source.ts';

test('the first process of a centre tells from which folder it was started', () => {
  const words = ['/cache/tini', '--', '/usr/bin/node', '/srv/repository/lab/centre/init.ts'];
  const commandLine = [...words, '/state/lab/production/machine.json', ''].join('\0');
  expect(instanceFolderOf(commandLine)).toBe('/state/lab');
  expect(instanceFolderOf(`${words.join('\0')}\0`)).toBeUndefined();
  expect(instanceFolderOf('')).toBeUndefined();
});

describe('an instance that runs from another state folder', () => {
  let parent: string;
  let own: string;
  let other: string;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(os.tmpdir(), 'lab-states-'));
    [own, other] = [path.join(parent, 'own/lab'), path.join(parent, 'other/lab')];
    await mkdir(other, { recursive: true });
  });
  afterEach(() => rm(parent, { recursive: true }));

  test('is left alone, and the other folder is named with the way to it', () => {
    const refusal = (): void => {
      refuseOtherState('lab', own, [own, other]);
    };
    expect(refusal).toThrow(`runs with its data in ${other}`);
    expect(refusal).toThrow(`ZAIBEI_STATE=${path.dirname(other)},`);
  });

  test('can be removed from anywhere once that folder is gone', async () => {
    await rm(other, { recursive: true });
    expect(() => {
      refuseOtherState('lab', own, [other]);
    }).not.toThrow();
  });

  test('is its own when the folder only has two names', async () => {
    await symlink(path.join(parent, 'other'), path.join(parent, 'own'));
    expect(() => {
      refuseOtherState('lab', own, [other]);
    }).not.toThrow();
  });
});
