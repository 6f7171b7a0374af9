import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Component } from './component.ts';
import { LogFile } from './log-file.ts';

/** What the supervisor knows about one component; kept in `supervisor.json` for `status` and for whoever waits. */
export interface ComponentState {
  readonly name: string;
  readonly running: boolean;
  /** How often it was started since the power came on. 1 is healthy. */
  readonly starts: number;
  /** When it was last started or ended, ISO 8601. */
  readonly since: string;
  /** How it ended last time: `exit code 1`, `signal SIGSEGV`. */
  readonly lastEnd?: string;
}

/** Content of `supervisor.json`. */
export interface SupervisorState {
  /** When the power came on, ISO 8601: what the API says from before is not to be believed. */
  readonly poweredOnAt: string;
  /** Whether cluster DNS, storage class and the like have been applied since then. */
  readonly addOnsApplied: boolean;
  readonly components: readonly ComponentState[];
}

/** Back-off between starts of a component that keeps ending, in milliseconds; one that ran this long begins anew. */
const BACK_OFF = { first: 500, most: 10_000, forgivenAfter: 30_000 };

/** The same minimal environment for every program: nothing of the person's who typed the command gets in. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' };

/** Starts components, starts them again whenever they end, and writes down how they are. */
export class Supervisor {
  readonly #logs: string;
  readonly #stateFile: string;
  readonly #poweredOnAt = new Date().toISOString();
  readonly #components = new Map<string, ComponentState>();
  #addOnsApplied = false;

  constructor(paths: { readonly logs: string; readonly supervisorFile: string }) {
    this.#logs = paths.logs;
    this.#stateFile = paths.supervisorFile;
    mkdirSync(this.#logs, { recursive: true, mode: 0o700 });
    this.#save();
  }

  /** Writes the component's files and keeps it running until the signal; resolves once it has been stopped. */
  run(component: Component, signal: AbortSignal = new AbortController().signal): Promise<void> {
    for (const file of component.files) {
      mkdirSync(path.dirname(file.path), { recursive: true, mode: 0o700 });
      const text = typeof file.content === 'string' ? file.content : JSON.stringify(file.content, null, 2);
      writeFileSync(file.path, text, { mode: 0o600 });
    }
    return this.#keepRunning(component, signal);
  }

  noteAddOnsApplied(): void {
    this.#addOnsApplied = true;
    this.#save();
  }

  async #keepRunning(component: Component, signal: AbortSignal): Promise<void> {
    const log = new LogFile(path.join(this.#logs, `${component.name}.log`));
    let delay = BACK_OFF.first;
    let starts = 0;
    let lastEnd: string | undefined;
    const note = (running: boolean): void => {
      const since = new Date().toISOString();
      const end = lastEnd === undefined ? {} : { lastEnd };
      this.#components.set(component.name, { name: component.name, running, starts, since, ...end });
      this.#save();
    };
    while (!signal.aborted) {
      starts += 1;
      log.note(`start ${starts}: ${component.command.join(' ')}`);
      const startedAt = performance.now();
      const ended = runOnce(component, log, signal);
      note(true);
      lastEnd = await ended;
      log.note(`ended: ${lastEnd}`);
      note(false);
      if (performance.now() - startedAt > BACK_OFF.forgivenAfter) delay = BACK_OFF.first;
      await pause(delay, undefined, { signal }).catch(() => undefined);
      delay = Math.min(delay * 2, BACK_OFF.most);
    }
    this.#components.delete(component.name);
    this.#save();
  }

  /** Replaces the file in one step, so that a reader never sees half of it. */
  #save(): void {
    const state: SupervisorState = {
      poweredOnAt: this.#poweredOnAt,
      addOnsApplied: this.#addOnsApplied,
      components: [...this.#components.values()],
    };
    try {
      writeFileSync(`${this.#stateFile}.new`, JSON.stringify(state, null, 2), { mode: 0o600 });
      renameSync(`${this.#stateFile}.new`, this.#stateFile);
    } catch (error) {
      // A full disk is no reason to end the centre; the state is written again with the next change.
      process.stderr.write(`${this.#stateFile}: ${String(error)}\n`);
    }
  }
}

/** Runs the program once; resolves with how it ended. */
function runOnce(component: Component, log: LogFile, signal: AbortSignal): Promise<string> {
  const [program, ...args] = component.command;
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: ENVIRONMENT, signal });
    child.stdout.on('data', (chunk: Buffer) => {
      log.write(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      log.write(chunk);
    });
    child.on('error', (error) => {
      if (child.pid === undefined) resolve(`not started: ${error.message}`);
    });
    // Not `close`: a grandchild that holds the pipe (a container's shim) must not delay the next start.
    child.on('exit', (code, killedBy) => {
      resolve(killedBy === null ? `exit code ${String(code)}` : `signal ${killedBy}`);
    });
  });
}
