import { spawn } from 'node:child_process';
import path from 'node:path';

const MAIN = path.resolve(import.meta.dirname, '../main.ts');

/** How a command of the lab ended. */
export interface CommandResult {
  /** Undefined when it was killed. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A signal to send to a command as soon as its stderr contains a text. */
export interface Interruption {
  readonly when: string;
  readonly signal: NodeJS.Signals;
}

/**
 * Runs `node lab/main.ts` as a person would, with a state folder of its own.
 * @param state what `$ZAIBEI_STATE` is for it
 */
export function runLab(
  state: string,
  args: readonly string[],
  interruption?: Interruption,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ZAIBEI_STATE: state },
    });
    let stdout = '';
    let stderr = '';
    let sent = false;
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      if (sent || interruption === undefined || !stderr.includes(interruption.when)) return;
      sent = true;
      child.kill(interruption.signal);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      resolve({ exitCode: code ?? undefined, stdout, stderr });
    });
  });
}
