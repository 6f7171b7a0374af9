import { existsSync, readFileSync } from 'node:fs';
import { findCgroups } from '../centre/cgroups.ts';
import { powerOff } from '../centre/power.ts';
import { LeftBehindError, NotRootError } from '../errors.ts';
import { attempt } from '../execute.ts';
import { describeInstance } from '../instance.ts';
import { refuseForeignFolder, removeEmptyState, removeFolder } from '../instance-folder.ts';
import { takeInstanceLock } from '../instance-lock.ts';
import { findHostLinks, lowerInstanceNetwork } from '../network/centre-network.ts';
import { centreNamePattern } from '../network/link-names.ts';
import { findNamespaces } from '../network/namespaces.ts';
import type { Progress } from '../progress.ts';
import { stopWriter } from '../writer/writer-process.ts';

/** What to take away. */
export interface DownOptions {
  readonly name: string;
  /** Folder of all instances. */
  readonly state: string;
  readonly progress: Progress;
  /** Keep what is on disk: the next start finds keys, objects, images and volumes again. */
  readonly keep?: boolean;
}

/**
 * Removes an instance from this machine: writers, processes, namespaces, links, routes, packet filters, cgroups, mounts and,
 * unless kept, its files. What belongs to it is found on the machine by its names, so it also works after a crash,
 * after a start that got half-way, and when the state is gone. Nothing there is no error.
 * @returns whether there was anything
 * @throws LeftBehindError naming what could not be removed; ForeignFolderError before anything is removed
 */
export async function down({ name, state, progress, keep = false }: DownOptions): Promise<boolean> {
  if (process.getuid?.() !== 0) throw new NotRootError();
  // The slot plays no part in names and folders.
  const { bridge, directory } = describeInstance(name, 0, state);
  if (!keep) refuseForeignFolder(directory);
  const lock = await takeInstanceLock({ name, directory }, 'lab down', progress);
  try {
    const centres = new Set([...findNamespaces(name), ...findCgroups(centreNamePattern(name))]);
    const links = await findHostLinks(name, bridge);
    // First, so that it does not see its databases go.
    const wroteInto = await stopWriter(name);
    const found = wroteInto || centres.size > 0 || links.length > 0 || existsSync(directory);
    const left = (await Promise.all([...centres].map(powerOff))).flat();
    await lowerInstanceNetwork(name, bridge);
    for (const mount of mountsBelow(directory)) {
      if ((await attempt('umount', ['--lazy', mount])) === undefined) left.push(`mount ${mount}`);
    }
    left.push(...(await findHostLinks(name, bridge)).map((link) => `network link ${link}`));
    left.push(...findNamespaces(name).map((namespace) => `network namespace ${namespace}`));
    if (left.length > 0) throw new LeftBehindError(name, `Instance "${name}"`, 'down', left);
    if (!keep && (await removeFolder(directory))) await removeEmptyState(state);
    return found;
  } finally {
    await lock.release();
  }
}

/** Mount points on this machine at or below a folder, the deepest first. */
function mountsBelow(directory: string): readonly string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((mount) => mount === directory || mount.startsWith(`${directory}/`))
    .reverse();
}
