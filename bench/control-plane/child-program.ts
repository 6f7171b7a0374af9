import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A program of the control plane. It ends with this process, even when this process is killed. */
export class ChildProgram {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  readonly #logFile: string;

  /** @param logFile gets everything that it writes */
  constructor(command: readonly [string, ...string[]], logFile: string) {
    const log = openSync(logFile, 'a', 0o600);
    this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], { stdio: ['ignore', log, log] });
    closeSync(log);
    this.#logFile = logFile;
    this.#exited = once(this.#child, 'exit');
    this.#exited.catch(() => undefined); // could not be started: `requireRunning` says so
  }

  /** @throws Error with the last of what it wrote, where it has ended */
  requireRunning(): void {
    const { pid, exitCode, signalCode, spawnargs } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) return;
    const last = readFileSync(this.#logFile, 'utf8').trimEnd().split('\n').slice(-5).join('\n');
    throw new Error(`${spawnargs[3] ?? 'a program'} has ended (${String(exitCode ?? signalCode)}):\n${last}`);
  }

  /** Ends it as a crash does. */
  async kill(): Promise<void> {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
