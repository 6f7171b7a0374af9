import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const lineSchema = z.looseObject({ level: z.string(), message: z.string() });

/** A line of the operator's log. */
export type LogLine = z.infer<typeof lineSchema>;

/** An operator started as a process of its own, as a pod would start it. */
export class OperatorProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | string>;
  #output = '';

  /** @param program options of Node, and the bundle or `operators/main.ts` */
  constructor(program: readonly string[], environment: Readonly<Record<string, string>>) {
    const env = { PATH: process.env['PATH'], ...environment };
    this.#child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    // `close`, not `exit`: then everything that it wrote has been read.
    this.#exited = once(this.#child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  }

  /** Everything it has written so far. */
  get output(): string {
    return this.#output;
  }

  /** What it has logged so far. */
  get lines(): readonly LogLine[] {
    const whole = this.#output.slice(0, this.#output.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter(Boolean)
      .map((line) => lineSchema.parse(JSON.parse(line)));
  }

  /** Its exit code, or the signal that killed it. */
  get exited(): Promise<number | string> {
    return this.#exited;
  }

  /** What the kernel knows it by; 0 where it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
  }
}
