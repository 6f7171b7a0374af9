import { spawn } from 'node:child_process';
import { CommandFailedError } from './errors.ts';

/** How {@link execute} runs a program. */
export interface ExecuteOptions {
  /** Text for its standard input. */
  readonly input?: string;
  /** Milliseconds after which it is killed; 60 000 unless given. No program of the lab is waited for without end. */
  readonly timeout?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Runs a program to its end, without a shell, and resolves with what it printed on stdout.
 * @throws CommandFailedError when it cannot be started, is killed, or ends with another code than 0
 */
export function execute(
  program: string,
  args: readonly string[],
  options: ExecuteOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeout ?? 60_000,
      killSignal: 'SIGKILL',
      env: options.environment ?? process.env,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // A program may end before it has read its input; its exit code then tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    const fail = (code: number | null, cause?: unknown): void => {
      const printed = Buffer.concat(stderr).toString();
      reject(new CommandFailedError([program, ...args], code ?? undefined, printed, cause));
    };
    child.on('error', (error) => {
      fail(null, error);
    });
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(stdout).toString());
      else fail(code, signal === null ? undefined : `killed by ${signal}`);
    });
  });
}

/** Like {@link execute}, but resolves with undefined when the program fails: for removing what may not be there. */
export async function attempt(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return await execute(program, args);
  } catch (error) {
    if (error instanceof CommandFailedError) return undefined;
    throw error;
  }
}
