import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { usageOf, type ProcessUsage } from '../process-usage.ts';
import { until } from '../until.ts';

/** A program that writes a line for each object that it hears of. */
export class ListingProgram implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;
  #lines = 0;

  constructor(program: string, args: readonly string[]) {
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#exited = once(this.#child, 'exit');
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 0x0a) this.#lines += 1;
    });
  }

  /** Waits until it has written so many lines. @returns its CPU time until then, in seconds */
  async untilLines(count: number): Promise<number> {
    const { spawnfile } = this.#child;
    await until(`${spawnfile} has written ${count} lines`, () => {
      const { exitCode } = this.#child;
      if (this.#lines < count && exitCode !== null)
        throw new Error(`${spawnfile} ended with ${exitCode} after ${this.#lines} of ${count} lines`);
      return this.#lines >= count;
    });
    return this.usage().cpuSeconds;
  }

  usage(): ProcessUsage {
    return usageOf(this.#child.pid ?? 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
