import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { LabInstance } from '../instance.ts';

const MAIN = path.resolve(import.meta.dirname, 'main.ts');

/** Milliseconds that a writer has to finish the row that it is at. */
const LAST_ROW = 5_000;

/** What the writers of an instance are called on the machine: like its bridge and its namespaces, they are found by name. */
function writerName(instance: string): string {
  return `zb-${instance}-writer`;
}

/** The process that writes for an instance; undefined when none does. */
export function findWriter(instance: string): number | undefined {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .find((pid) => firstArgument(pid) === writerName(instance));
}

/**
 * Starts the writers of an instance, unless they run. They need no command of the lab to go on, and outlive every centre.
 * @param rate rows in a second, in each database
 * @returns whether they were started
 */
export async function startWriter({ name, directory }: LabInstance, rate: number): Promise<boolean> {
  if (findWriter(name) !== undefined) return false;
  const folder = path.join(directory, 'ledgers');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // What it cannot say in its own log, because it did not come so far.
  const output = openSync(path.join(folder, 'writer.err'), 'w', 0o600);
  const child = spawn(process.execPath, [MAIN, name, String(rate)], {
    argv0: writerName(name),
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, ZAIBEI_STATE: path.dirname(directory) },
  });
  child.unref();
  closeSync(output);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return true;
}

/** Ends the writers of an instance, after the row that each is at. @returns whether there were any */
export async function stopWriter(instance: string): Promise<boolean> {
  const pid = findWriter(instance);
  if (pid === undefined) return false;
  const deadline = performance.now() + LAST_ROW;
  send(pid, 'SIGTERM');
  while (findWriter(instance) === pid) {
    if (performance.now() > deadline) send(pid, 'SIGKILL');
    await pause(50);
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

function firstArgument(pid: number): string {
  const file = `/proc/${pid}/cmdline`;
  try {
    return existsSync(file) ? (readFileSync(file, 'utf8').split('\0')[0] ?? '') : '';
  } catch {
    return ''; // It has ended meanwhile.
  }
}
