import { spawn } from 'node:child_process';

/** How a command that was typed ended. */
export interface Typed {
  readonly exitCode: number;
  readonly stdout: string;
  /** Both streams, in the order in which they were written. */
  readonly output: string;
}

/** After this long a command is killed, in milliseconds. */
const DEADLINE = 600_000;

/**
 * Types a command into a shell, in the root of the repository, where nobody sees colours.
 * @param environment what the shell knows; without it what this process does
 * @param input standard input of the command
 */
export function type(command: string, environment = process.env, input = ''): Promise<Typed> {
  return new Promise((resolve, reject) => {
    const shell = spawn('/bin/sh', ['-c', command], {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: DEADLINE,
      env: { ...environment, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let [stdout, output] = ['', ''];
    shell.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      output += chunk;
    });
    shell.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    shell.once('error', reject);
    shell.once('close', (code) => {
      resolve({ exitCode: code ?? 1, stdout, output });
    });
    // A command may end before it has read its input; its exit code then tells why.
    shell.stdin.on('error', () => undefined);
    shell.stdin.end(input);
  });
}

/** Types a command that must go well. @returns its standard output @throws Error with everything it printed */
export async function typeWell(...command: Parameters<typeof type>): Promise<string> {
  const { exitCode, stdout, output } = await type(...command);
  if (exitCode !== 0) throw new Error(`${command[0]}\n${output}`);
  return stdout;
}
