import { describe, expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { takeLock } from './lock.ts';

const name = `test ${process.pid}`;

describe('a lock', () => {
  test('has one holder; the next waits, is told who it is, and gets it afterwards', async () => {
    const first = await takeLock(name, { holder: 'first' });
    const told: string[] = [];
    const second = takeLock(name, { holder: 'second', onWait: (holder) => told.push(holder) });
    await expect.poll(() => told).toEqual([`first (process ${process.pid})`]);
    await first.release();
    await (await second).release();
  });

  test('is refused with the name of its holder when it does not get free in time', async () => {
    const first = await takeLock(name, { holder: 'first' });
    await expect(takeLock(name, { holder: 'second', seconds: 0.1 })).rejects.toThrow(
      `test ${process.pid} is being worked on by first (process ${process.pid})`,
    );
    await first.release();
  });

  test('is free again when its holder is killed', async () => {
    const module = JSON.stringify(new URL('./lock.ts', import.meta.url).href);
    const script = `const { takeLock } = await import(${module});
      await takeLock(${JSON.stringify(name)}, { holder: 'child' });
      console.log('held'); setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect(takeLock(name, { holder: 'second', seconds: 0.1 })).rejects.toThrow('child');
    child.kill('SIGKILL');
    await (await takeLock(name, { holder: 'second', seconds: 10 })).release();
  });
});
