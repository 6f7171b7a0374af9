import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Logger } from '../../operators/runtime/logs/logger.ts';

/** Line of stunnel's log: `2026.11.23 02:04:27 LOG4[1]: CERT: Subject checks failed`; from 5 on it is of no interest. */
const LOG_LINE = /LOG([0-7])\[[^\]]*\]: (.*)$/;

const WORST_OF_INTEREST = 4;

/** What it says when ports are bound and certificates read. */
const READY = 'Configuration successful';

/** A stunnel that runs. */
export class TlsServer {
  readonly #process: ChildProcess;
  #lastWords = 'it said nothing';
  /** Settles when it has ended, with its last words. */
  readonly ended: Promise<string>;
  /** Resolves when it has bound its port; it may never. */
  readonly listening: Promise<undefined>;
  #onListening: () => void = () => undefined;

  /** @param configuration file */
  constructor(configuration: string, log: Logger) {
    this.listening = new Promise((resolve) => {
      this.#onListening = () => {
        resolve(undefined);
      };
    });
    this.#process = spawn('stunnel4', [configuration], { stdio: ['ignore', 'pipe', 'pipe'] });
    // The two streams are asked for above, so they are there.
    for (const stream of [this.#process.stdout, this.#process.stderr]) this.#follow(stream, log);
    this.ended = this.#awaitEnd();
  }

  get running(): boolean {
    return (
      this.#process.pid !== undefined && this.#process.exitCode === null && this.#process.signalCode === null
    );
  }

  /** Reads configuration and certificates anew. Connections that there are go on. */
  reload(): void {
    this.#process.kill('SIGHUP');
  }

  /** Transfers that are going on: each is a process of its own. */
  async transfers(): Promise<number> {
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const parents = await Promise.all(processes.map(parentOf));
    return parents.filter((parent) => parent !== undefined && parent === this.#process.pid).length;
  }

  /** Ends it with all connections. */
  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.ended;
  }

  #follow(stream: Readable | null, log: Logger): void {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      const [, level, message = line] = LOG_LINE.exec(line) ?? [];
      if (message === READY) this.#onListening();
      if (level !== undefined && Number(level) > WORST_OF_INTEREST) return;
      this.#lastWords = message;
      log.warn(`stunnel: ${message}`);
    });
  }

  async #awaitEnd(): Promise<string> {
    try {
      await once(this.#process, 'close');
      return this.#lastWords;
    } catch (error) {
      return `it could not be started (${String(error)})`;
    }
  }
}

/** The fourth field of `/proc/<pid>/stat`, counted from behind the name, which may hold anything. */
async function parentOf(pid: string): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? undefined : Number(fields[1]);
}
