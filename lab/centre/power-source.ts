import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { findNamespaces } from '../network/namespaces.ts';
import { OtherStateError } from '../state-errors.ts';
import { findFirstProcess } from './processes.ts';

/**
 * Folder of the instance that a centre's first process was started from: it has `<folder>/<centre>/machine.json` as its
 * last argument (power.ts).
 * @param commandLine as in `/proc/<pid>/cmdline`: arguments that end with NUL
 */
export function instanceFolderOf(commandLine: string): string | undefined {
  const file = commandLine.replace(/\0$/, '').split('\0').at(-1) ?? '';
  if (!path.isAbsolute(file) || path.basename(file) !== 'machine.json') return undefined;
  return path.dirname(path.dirname(file));
}

/**
 * Refuses to go on when the instance runs from another state folder: its names on the machine are the same, its data
 * is not. A folder that is gone counts for nothing; what it started can then be removed from anywhere.
 * @throws OtherStateError
 */
export function refuseOtherState(
  name: string,
  directory: string,
  running: readonly string[] = runningFolders(name),
): void {
  const own = realPath(directory);
  const other = running.find((folder) => existsSync(folder) && realPath(folder) !== own);
  if (other !== undefined) throw new OtherStateError(name, directory, other);
}

/** The folders from which centres of that name run. */
function runningFolders(name: string): readonly string[] {
  return findNamespaces(name)
    .map((namespace) => findFirstProcess(namespace))
    .map((pid) => (pid === undefined ? undefined : instanceFolderOf(commandLineOf(pid))))
    .filter((folder) => folder !== undefined);
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // It has ended meanwhile.
  }
}

function realPath(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : path.resolve(folder);
}
