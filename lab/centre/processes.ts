import { readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { namespaceFile } from '../network/namespaces.ts';

/**
 * Processes of a centre, found by what they are in and not by a file that says so: its network namespace, or its
 * cgroup (a pod has a network namespace of its own).
 * @param name name of the centre's namespace and cgroup
 * @returns process ids as this machine numbers them
 */
export function findProcesses(name: string): readonly number[] {
  const namespace = inodeOf(namespaceFile(name));
  // Whatever that name should lead to, it is not the machine itself.
  if (namespace !== undefined && namespace === inodeOf('/proc/self/ns/net')) return [];
  const inCgroup = new RegExp(`:/${name}(?:/|$)`, 'm');
  return processIds().filter(
    (pid) =>
      (namespace !== undefined && inodeOf(`/proc/${pid}/ns/net`) === namespace) ||
      inCgroup.test(textOf(`/proc/${pid}/cgroup`)),
  );
}

/** The process that is number 1 inside the centre: what keeps the power on. Undefined when the power is off. */
export function findFirstProcess(name: string): number | undefined {
  const namespace = inodeOf(namespaceFile(name));
  if (namespace === undefined) return undefined;
  return processIds().find((pid) => {
    if (inodeOf(`/proc/${pid}/ns/net`) !== namespace) return false;
    // Its number in our namespace and in its own; a pod's first process is one namespace deeper.
    const numbers = /^NSpid:\s*(.*)$/m.exec(textOf(`/proc/${pid}/status`))?.[1]?.split(/\s+/) ?? [];
    return numbers.length === 2 && numbers[1] === '1';
  });
}

/**
 * Kills everything of a centre at once, by killing its first process; whatever hangs on outside (an interrupted
 * start) is killed too. Resolves with the ids that are still there after ten seconds.
 */
export async function killProcesses(name: string): Promise<readonly number[]> {
  const first = findFirstProcess(name);
  if (first !== undefined) kill(first);
  const deadline = performance.now() + 10_000;
  for (;;) {
    const left = findProcesses(name);
    if (left.length === 0 || performance.now() > deadline) return left;
    // The kernel is still ending what was in the namespace of the first; the rest is told itself.
    for (const pid of left) kill(pid);
    await pause(20);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function processIds(): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
}

function inodeOf(file: string): number | undefined {
  try {
    return statSync(file).ino;
  } catch {
    return undefined;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
