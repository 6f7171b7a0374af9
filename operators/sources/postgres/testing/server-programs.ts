import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chown, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where Debian keeps the programs of this major version. */
const PROGRAMS = '/usr/lib/postgresql/15/bin';

/** PostgreSQL refuses to run as root; the numbers of `nobody`, who exists everywhere. */
const UNPRIVILEGED = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' };

/** Runs a program of PostgreSQL to its end, as the user of the server. @returns what it printed */
export async function runProgram(
  name: string,
  arguments_: readonly string[],
  variables: NodeJS.ProcessEnv = {},
): Promise<string> {
  const options = { ...UNPRIVILEGED, env: { ...environment, ...variables } };
  const { stdout, stderr } = await run(`${PROGRAMS}/${name}`, [...arguments_], options);
  return stdout + stderr;
}

/** Starts a server over a data folder. @param log file that gets what it says */
export function startServer(data: string, log: string): ChildProcess {
  return spawn('sh', ['-c', 'exec "$0" -D "$1" >> "$2" 2>&1', `${PROGRAMS}/postgres`, data, log], {
    ...UNPRIVILEGED,
    env: environment,
    stdio: 'ignore',
  });
}

/** Gives a file or folder to the user of the server. */
export async function giveAway(path: string): Promise<void> {
  const { uid, gid } = UNPRIVILEGED;
  if (uid !== undefined) await chown(path, uid, gid);
}

/** Writes a file that the user of the server can read, and nobody else. */
export async function writePrivate(file: string, text: string): Promise<string> {
  await writeFile(file, text, { mode: 0o600 });
  await giveAway(file);
  return file;
}
