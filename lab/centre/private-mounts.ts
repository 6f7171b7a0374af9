import { existsSync, realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execute } from '../execute.ts';
import type { Machine } from './machine.ts';

/**
 * Folders of the machine that a centre gets an empty one of its own of. Some programs use paths in them that cannot
 * be configured (/var/lib/cni, /var/lib/kubelet/device-plugins, /var/log/containers), so centres would meet there;
 * and what they write goes away with the power instead of staying on the machine.
 */
export const PRIVATE_FOLDERS: readonly string[] = ['/run', '/var/lib', '/var/log', '/tmp'];

/** An existing folder on which a file system can be put together before it is moved to its place. */
const ASSEMBLY = '/mnt';

/** A private folder and what of the machine must stay visible in it. */
export interface PrivateFolder {
  readonly folder: string;
  readonly keep: readonly string[];
}

/** Sorts the paths that a centre needs into the private folders that would hide them; nested paths are kept once. */
export function planPrivateFolders(needed: readonly string[]): readonly PrivateFolder[] {
  const inside = (child: string, parent: string): boolean => child.startsWith(`${parent}/`);
  const unique = [...new Set(needed)];
  const outermost = unique.filter((candidate) => !unique.some((other) => inside(candidate, other)));
  return PRIVATE_FOLDERS.map((folder) => ({ folder, keep: outermost.filter((one) => inside(one, folder)) }));
}

/** Folders that a centre's programs read: this program with its libraries, the toolchain, the instance's state. */
export function neededFolders({ instance, toolchain }: Machine): readonly string[] {
  const repository = path.resolve(import.meta.dirname, '../..');
  const programs = [process.execPath, ...Object.values(toolchain.programs)].filter((program) =>
    existsSync(program),
  );
  return [repository, instance.directory, ...programs.map((program) => path.dirname(realpathSync(program)))];
}

/** `mount`, without its own bookkeeping in /run, which is being replaced. */
async function mount(args: readonly string[]): Promise<void> {
  await execute('mount', ['--no-mtab', ...args]);
}

/** Replaces the private folders of the calling process's mount namespace, which must not be the machine's. */
export async function mountPrivateFolders(machine: Machine): Promise<void> {
  for (const { folder, keep } of planPrivateFolders(neededFolders(machine))) {
    await mount(['-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', ASSEMBLY]);
    for (const kept of keep) {
      const target = path.join(ASSEMBLY, path.relative(folder, kept));
      await mkdir(target, { recursive: true });
      await mount(['--rbind', kept, target]);
    }
    // Moved in one step: there is no moment in which the kept paths are not there.
    await mount(['--move', ASSEMBLY, folder]);
  }
  await execute('chmod', ['1777', '/tmp']);
  await mkdir('/run/netns');
  await mkdir('/run/lock');
  // Mounts that kubelet makes must reach the containers' namespaces.
  await mount(['--make-rshared', '/']);
  await writeFile('/proc/sys/kernel/hostname', machine.centre.nodeName);
}
