import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cgroupLayout, enterCgroup } from './cgroups.ts';

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

  test('without a controller that pods need are refused by its name, with what to do', async () => {
    await mkdir(path.join(root, 'cpu'));
    expect(() => cgroupLayout(root)).toThrow(
      `not to be found under ${root}: cpuset, memory, pids: mount each, as in ` +
        `\`mkdir -p ${root}/cpuset && mount -t cgroup -o cpuset cgroup ${root}/cpuset\``,
    );
    await writeFile(path.join(root, 'cgroup.controllers'), 'cpu io pids\n');
    expect(() => cgroupLayout(root)).toThrow(
      `not to be found under ${root}: cpuset, memory: in a container, have them handed down to it`,
    );
  });
});

describe('a centre enters its cgroup', () => {
  test('of version 2 below controllers that are handed down, beside where pods will be', async () => {
    const group = path.join(root, 'zb-lab-1');
    await mkdir(group);
    // The kernel makes these files; the controller rdma is one that pods do not need.
    for (const directory of [root, group]) {
      await writeFile(path.join(directory, 'cgroup.controllers'), 'cpuset cpu io memory rdma pids\n');
    }
    await enterCgroup('zb-lab-1', cgroupLayout(root));
    for (const directory of [root, group]) {
      const handedDown = await readFile(path.join(directory, 'cgroup.subtree_control'), 'utf8');
      expect(handedDown).toBe('+cpuset +cpu +io +memory +pids');
    }
    expect(await readFile(path.join(group, 'system/cgroup.procs'), 'utf8')).toBe(String(process.pid));
  });

  test('of version 1 in every tree, with processors and memory nodes where a new group has none', async () => {
    for (const name of ['cpu', 'cpuset', 'memory', 'pids']) await mkdir(path.join(root, name));
    await writeFile(path.join(root, 'cpuset/cpuset.cpus'), '0-1\n');
    await writeFile(path.join(root, 'cpuset/cpuset.mems'), '0\n');
    await enterCgroup('zb-lab-1', cgroupLayout(root));
    expect(await readFile(path.join(root, 'cpuset/zb-lab-1/system/cpuset.cpus'), 'utf8')).toBe('0-1\n');
    expect(await readFile(path.join(root, 'cpuset/zb-lab-1/cpuset.mems'), 'utf8')).toBe('0\n');
    for (const tree of ['cpu', 'cpuset', 'memory', 'pids']) {
      const entered = await readFile(path.join(root, tree, 'zb-lab-1/system/cgroup.procs'), 'utf8');
      expect(entered).toBe(String(process.pid));
    }
  });
});
