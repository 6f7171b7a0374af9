import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HostUnfitError } from '../errors.ts';

/** Where Linux shows its cgroups. */
const CGROUP_ROOT = '/sys/fs/cgroup';

/** Controllers that kubelet and runc cannot do without. */
const NEEDED_CONTROLLERS = ['cpu', 'cpuset', 'memory', 'pids'];

/**
 * The cgroup of a centre (named like its network namespace) is where everything of it is counted: `system` holds
 * its control plane, `kubepods` is made by kubelet for the pods.
 */
export interface CgroupLayout {
  /** 1: one tree per controller. 2: one tree for all of them. */
  readonly version: 1 | 2;
  /** Roots of the trees, by controller; `unified` is the one of version 2, which has no controllers beside the others. */
  readonly trees: Readonly<Record<string, string>>;
}

/**
 * Finds out how this machine arranges its cgroups.
 * @throws HostUnfitError when controllers that pods need are in neither arrangement
 */
export function cgroupLayout(root = CGROUP_ROOT): CgroupLayout {
  if (existsSync(path.join(root, 'cgroup.controllers'))) {
    const controllers = readFileSync(path.join(root, 'cgroup.controllers'), 'utf8').trim().split(' ');
    requireControllers(controllers, root, 2);
    return { version: 2, trees: { unified: root } };
  }
  const names = existsSync(root) ? readdirSync(root) : [];
  // `cpu,cpuacct` and the like have links under each of their names.
  const trees = names.filter((name) => !name.includes(','));
  requireControllers(trees, root, 1);
  return { version: 1, trees: Object.fromEntries(trees.map((name) => [name, path.join(root, name)])) };
}

function requireControllers(present: readonly string[], root: string, version: 1 | 2): void {
  const missing = NEEDED_CONTROLLERS.filter((controller) => !present.includes(controller));
  const [first] = missing;
  if (first === undefined) return;
  const remedy =
    version === 1
      ? `mount each, as in \`mkdir -p ${root}/${first} && mount -t cgroup -o ${first} cgroup ${root}/${first}\``
      : 'in a container, have them handed down to it (such as by --privileged --cgroupns=host)';
  throw new HostUnfitError([
    `cgroup controllers not to be found under ${root}: ${missing.join(', ')}: ${remedy}; ` +
      'where /proc/cgroups says that one is not enabled, take it off `cgroup_disable=` of the kernel command line',
  ]);
}

/** Makes the centre's cgroup in every tree and puts the calling process, and so all it starts, into its `system` part. */
export async function enterCgroup(name: string, layout = cgroupLayout()): Promise<void> {
  for (const [controller, tree] of Object.entries(layout.trees)) {
    const group = path.join(tree, name);
    if (layout.version === 2) {
      await enableControllers(tree);
      await mkdir(group, { recursive: true });
      await enableControllers(group);
    }
    await mkdir(path.join(group, 'system'), { recursive: true });
    if (controller === 'cpuset') {
      // A new cpuset is empty, and no process may enter it.
      for (const [parent, child] of [
        [tree, group],
        [group, path.join(group, 'system')],
      ] as const) {
        for (const file of ['cpuset.cpus', 'cpuset.mems']) {
          await writeFile(path.join(child, file), await readFile(path.join(parent, file), 'utf8'));
        }
      }
    }
    await writeFile(path.join(group, 'system', 'cgroup.procs'), String(process.pid));
  }
}

/** Version 2 hands a controller down only when told to. */
async function enableControllers(group: string): Promise<void> {
  const available = (await readFile(path.join(group, 'cgroup.controllers'), 'utf8')).trim().split(' ');
  const wanted = available.filter((controller) =>
    [...NEEDED_CONTROLLERS, 'io', 'hugetlb'].includes(controller),
  );
  await writeFile(
    path.join(group, 'cgroup.subtree_control'),
    wanted.map((controller) => `+${controller}`).join(' '),
  );
}

/** Names of the centres of an instance that have cgroups on this machine, found by what is there. */
export function findCgroups(pattern: RegExp, layout = cgroupLayout()): readonly string[] {
  const names = Object.values(layout.trees).flatMap((tree) => readdirSync(tree));
  return [...new Set(names.filter((name) => pattern.test(name)))];
}

/** Removes a centre's cgroup from every tree; there must be no process left in it. Resolves with what would not go. */
export async function removeCgroup(name: string, layout = cgroupLayout()): Promise<readonly string[]> {
  const directories = (): string[] =>
    Object.values(layout.trees).flatMap((tree) => deepestFirst(path.join(tree, name)));
  // A killed process leaves its cgroup a moment after it is gone from /proc.
  for (let attempts = 0; attempts < 100; attempts += 1) {
    for (const directory of directories()) await rmdir(directory).catch(() => undefined);
    if (directories().length === 0) break;
    await pause(20);
  }
  return directories();
}

/**
 * Bytes of memory that the centre cannot do without (its working set: all of it but file cache that nobody used of
 * late), as `kubectl top` counts; undefined while it has no cgroup.
 */
export async function workingSet(name: string, layout = cgroupLayout()): Promise<number | undefined> {
  const group = path.join(layout.trees[layout.version === 2 ? 'unified' : 'memory'] ?? CGROUP_ROOT, name);
  if (!existsSync(group)) return undefined;
  const [total, cache] =
    layout.version === 2
      ? ['memory.current', 'inactive_file']
      : ['memory.usage_in_bytes', 'total_inactive_file'];
  const used = Number(await readFile(path.join(group, total), 'utf8'));
  const statistics = await readFile(path.join(group, 'memory.stat'), 'utf8');
  return used - Number(new RegExp(`^${cache} (\\d+)$`, 'm').exec(statistics)?.[1] ?? 0);
}

function deepestFirst(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const children = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => deepestFirst(path.join(directory, entry.name)));
  return [...children, directory];
}
