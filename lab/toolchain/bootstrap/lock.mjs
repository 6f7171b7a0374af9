import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {object} Owner Who holds a lock.
 * @property {number} pid
 * @property {string} started when that process started, as the kernel counts; tells it from a later one of that pid
 *
 * @typedef {object} Processes What a lock asks about processes.
 * @property {Owner} self
 * @property {(owner: Owner) => Promise<boolean>} isAlive
 */

const POLL_MILLISECONDS = 200;

/**
 * Does work while holding a lock file, so that two runs at once do not build the same thing twice. Waits for an
 * owner that lives; takes over from one that is gone, which is how a killed run ends. A file, because it also has to
 * work where the lab does not: with an old Node, on other systems (compare lab/lock.ts).
 * @template Result
 * @param {string} file
 * @param {(owner: Owner) => void} onWait called once when there is somebody to wait for
 * @param {() => Promise<Result>} work
 * @param {Processes} processes
 * @returns {Promise<Result>}
 */
export async function withLock(file, onWait, work, processes = linuxProcesses) {
  await mkdir(path.dirname(file), { recursive: true });
  await acquire(file, onWait, processes);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * @param {string} file
 * @param {(owner: Owner) => void} onWait
 * @param {Processes} processes
 */
async function acquire(file, onWait, processes) {
  // Written aside and linked into place: the lock never exists without its owner's name in it.
  const own = `${file}.${randomUUID()}`;
  await writeFile(own, JSON.stringify(processes.self));
  try {
    for (let waited = false; !(await linked(own, file));) {
      const owner = await readOwner(file);
      if (owner !== undefined && (await processes.isAlive(owner))) {
        if (!waited) onWait(owner);
        waited = true;
        await sleep(POLL_MILLISECONDS);
      } else if (owner !== undefined) {
        await removeDead(file, own, processes);
      }
    }
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Removes a dead owner's lock. Two runs may find the same dead owner, and the slower one must not remove the lock that
 * the faster one has taken since: so only who holds the guard may remove, and looks once more before.
 * @param {string} file
 * @param {string} own
 * @param {Processes} processes
 */
async function removeDead(file, own, { isAlive }) {
  const guard = `${file}.guard`;
  if (!(await linked(own, guard))) {
    const guardian = await readOwner(guard);
    if (guardian !== undefined && !(await isAlive(guardian))) await rm(guard, { force: true });
    return;
  }
  const owner = await readOwner(file);
  if (owner !== undefined && !(await isAlive(owner))) await rm(file, { force: true });
  await rm(guard, { force: true });
}

/**
 * @param {string} from
 * @param {string} to
 */
async function linked(from, to) {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * @param {string} file
 * @returns {Promise<Owner | undefined>} undefined when there is no lock
 */
async function readOwner(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return { pid: 0, started: '' }; // a full disk cut it: nobody's
    return undefined;
  }
}

/** @type {Processes} */
const linuxProcesses = {
  self: { pid: process.pid, started: (await startOf(process.pid)) ?? '' },
  isAlive: async ({ pid, started }) => pid > 0 && (await startOf(pid)) === started,
};

/**
 * Start time of a running process in clock ticks since boot; undefined when there is no such process. Where there is
 * no /proc every running process has the same, empty one.
 * @param {number} pid
 */
async function startOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, 'EPERM')) return undefined; // EPERM: alive, and somebody else's
  }
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The second field is the command in parentheses and may hold spaces; the state follows, the start time is 19 on.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : (fields[19] ?? '');
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
