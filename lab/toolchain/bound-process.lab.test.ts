import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

it('what a killed run has started ends with it', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'zaibei-bound-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const note = path.join(directory, 'pid');
  const script = `
    import { runBound } from ${JSON.stringify(path.join(import.meta.dirname, 'bound-process.ts'))};
    await runBound('sh', ['-c', 'echo $$ > "$1.new"; mv "$1.new" "$1"; exec sleep 600', 'sh', ${JSON.stringify(note)}]);`;
  const run = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
  onTestFinished(() => void run.kill('SIGKILL'));
  await expect.poll(() => existsSync(note), { timeout: 10_000 }).toBe(true);
  const started = `/proc/${(await readFile(note, 'utf8')).trim()}`;
  expect(existsSync(started)).toBe(true);
  run.kill('SIGKILL');
  await expect.poll(() => existsSync(started), { timeout: 10_000 }).toBe(false);
});
