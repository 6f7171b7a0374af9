import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cgroupLayout } from './cgroups.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'cgroup-'));
});
afterEach(() => rm(root, { recursive: true }));

describe("a machine's cgroups", () => {
  test('of version 1 are one tree per controller, beside which there may be one of version 2', async () => {
    for (const name of ['cpu', 'cpuset', 'memory', 'pids', 'unified', 'net_cls,net_prio'])
      await mkdir(path.join(root, name));
    const { version, trees } = cgroupLayout(root);
    expect(version).toBe(1);
    expect(Object.keys(trees).sort()).toEqual(['cpu', 'cpuset', 'memory', 'pids', 'unified']);
  });

  test('of version 2 are one tree', async () => {
    await writeFile(path.join(root, 'cgroup.controllers'), 'cpuset cpu io memory pids\n');
    expect(cgroupLayout(root)).toEqual({ version: 2, trees: { unified: root } });
  });

  test('without a controller that pods need are refused by its name', async () => {
    await mkdir(path.join(root, 'cpu'));
    expect(() => cgroupLayout(root)).toThrow(`not to be found under ${root}: cpuset, memory, pids`);
    await writeFile(path.join(root, 'cgroup.controllers'), 'cpu io pids\n');
    expect(() => cgroupLayout(root)).toThrow('cpuset, memory');
  });
});
