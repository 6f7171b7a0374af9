import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findProcesses } from '../centre/processes.ts';
import { execute } from '../execute.ts';
import { listLinks, listRoutes } from '../network/ip.ts';
import { findWriter } from '../writer/writer-process.ts';

/**
 * Everything that an instance could leave on this machine, sorted, to be compared before and after. Other instances may
 * come and go meanwhile: what has the name of one of them does not count.
 */
export interface MachineSnapshot {
  readonly processes: readonly string[];
  readonly mounts: readonly string[];
  readonly namespaces: readonly string[];
  readonly links: readonly string[];
  readonly routes: readonly string[];
  readonly packetFilters: readonly string[];
  readonly cgroups: readonly string[];
  readonly files: readonly string[];
}

/** Folders in which programs of a cluster would leave something if they were not given others. */
const TELLTALE_FOLDERS = ['/run', '/run/netns', '/var/lib', '/var/log', '/opt', '/etc/cni', '/usr/libexec'];

/**
 * Looks at the machine.
 * @param instance name of the instance that is about to leave
 * @param state folder of its state: a process that has it in its command line counts
 */
export async function snapshotMachine(instance: string, state: string): Promise<MachineSnapshot> {
  const others = new RegExp(`zb-(?!${instance}\\b)`);
  const sorted = (lines: readonly string[]): readonly string[] =>
    lines.filter((line) => !others.test(line)).sort();
  const links = await listLinks();
  const routes = await listRoutes();
  const own = [...findProcesses(`zb-${instance}-1`), findWriter(instance)].filter((pid) => pid !== undefined);
  return {
    processes: sorted([...own.map(String), ...processesThatName(state)]),
    mounts: sorted(mountPoints()),
    namespaces: sorted(entriesOf('/run/netns')),
    links: sorted(links.map((link) => link.ifname)),
    routes: sorted(routes.map((route) => `${route.dst} ${route.dev ?? ''}`)),
    packetFilters: sorted((await execute('nft', ['list', 'tables'])).trim().split('\n')),
    cgroups: sorted(entriesOf('/sys/fs/cgroup').flatMap((tree) => below('/sys/fs/cgroup', tree))),
    files: sorted(TELLTALE_FOLDERS.flatMap((folder) => below('/', folder))),
  };
}

function mountPoints(): readonly string[] {
  const lines = readFileSync('/proc/self/mountinfo', 'utf8').trim().split('\n');
  return lines.map((line) => line.split(' ')[4] ?? '');
}

function below(root: string, folder: string): readonly string[] {
  const directory = path.join(root, folder);
  return entriesOf(directory).map((name) => path.join(directory, name));
}

function processesThatName(text: string): readonly string[] {
  return entriesOf('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => commandLineOf(pid).includes(text));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

function entriesOf(folder: string): readonly string[] {
  try {
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  } catch {
    return [];
  }
}
