/**
 * `npm run check`: types, lint and format side by side, each with its own verdict and time.
 * Prints the output of what failed only; exits 1 when anything did.
 */
import { spawn } from 'node:child_process';

const checks = {
  types: ['tsc', '--noEmit'],
  lint: [
    'eslint',
    '.',
    '--cache',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '--cache-strategy',
    'content',
  ],
  format: ['prettier', '--check', '.', '--cache', '--log-level', 'warn'],
};

/** Runs one tool of node_modules/.bin; resolves with its exit code and everything it printed. */
function run(command: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const [tool = '', ...args] = command;
    const child = spawn(`node_modules/.bin/${tool}`, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      resolve({ code: 127, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

const verdicts = await Promise.all(
  Object.entries(checks).map(async ([name, command]) => {
    const started = performance.now();
    const { code, output } = await run(command);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${name.padEnd(7)} ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)\n`);
    if (code !== 0) process.stderr.write(output);
    return code === 0;
  }),
);
process.exitCode = verdicts.every(Boolean) ? 0 : 1;
