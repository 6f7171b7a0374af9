import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { withLock } from './lock.mjs';

type Owner = Parameters<Parameters<typeof withLock>[1]>[0];

let directory: string;
let file: string;
const alive = new Set<number>();

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'zaibei-lock-'));
  file = path.join(directory, 'prepare.lock');
  alive.clear();
});

afterEach(() => rm(directory, { recursive: true }));

/** A process that lives while it works, as the lock sees it. */
async function runAs<Result>(
  pid: number,
  work: () => Promise<Result>,
  onWait?: (owner: Owner) => void,
): Promise<Result> {
  alive.add(pid);
  const processes = {
    self: { pid, started: String(pid) },
    isAlive: (owner: Owner) => Promise.resolve(alive.has(owner.pid) && owner.started === String(owner.pid)),
  };
  return withLock(file, onWait ?? (() => undefined), work, processes);
}

describe('a lock', () => {
  it('lets one run work at a time, and tells the others whom they wait for', async () => {
    let inside = 0;
    const seen: number[] = [];
    const waitedFor: number[] = [];
    const work = async (): Promise<void> => {
      inside += 1;
      seen.push(inside);
      await readdir(directory);
      inside -= 1;
    };
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const first = runAs(1, () => held);
    await expect.poll(() => existsSync(file)).toBe(true);
    const others = [2, 3, 4].map((pid) =>
      runAs(pid, work, (owner) => {
        waitedFor.push(owner.pid);
        if (waitedFor.length === 3) release();
      }),
    );
    await Promise.all([first, ...others]);
    expect(waitedFor).toEqual([1, 1, 1]);
    expect(seen).toEqual([1, 1, 1]);
    expect(await readdir(directory)).toEqual([]);
  });

  it('is taken over from a process that was killed', async () => {
    await writeFile(file, JSON.stringify({ pid: 77, started: '77' }));
    expect(await runAs(2, () => readFile(file, 'utf8'))).toContain('"pid":2');
    expect(await readdir(directory)).toEqual([]);
  });

  it('is taken over when another process has the pid of the owner now', async () => {
    alive.add(77);
    await writeFile(file, JSON.stringify({ pid: 77, started: 'before' }));
    expect(await runAs(2, () => Promise.resolve('worked'))).toBe('worked');
  });

  it('is taken over when it names nobody, as a full disk leaves it', async () => {
    await writeFile(file, '{"pid":');
    expect(await runAs(2, () => Promise.resolve('worked'))).toBe('worked');
  });

  it('goes to one only when many find the same dead owner', async () => {
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await readdir(directory);
      inside -= 1;
    };
    for (let round = 0; round < 3; round += 1) {
      await writeFile(file, JSON.stringify({ pid: 77, started: '77' }));
      await Promise.all([2, 3, 4, 5].map((pid) => runAs(pid, work)));
    }
    expect(most).toBe(1);
  });

  it('is let go when the work fails', async () => {
    await expect(runAs(2, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    expect(await readdir(directory)).toEqual([]);
  });

  it('waits for a real process that works, and takes over once that is killed', async () => {
    const script = `
      import { withLock } from ${JSON.stringify(path.join(import.meta.dirname, 'lock.mjs'))};
      await withLock(${JSON.stringify(file)}, () => {}, () => new Promise(() => setInterval(() => {}, 1000)));`;
    const owner = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' });
    await expect.poll(() => existsSync(file), { timeout: 10_000 }).toBe(true);
    const waitedFor: number[] = [];
    const kill = (found: Owner): void => {
      waitedFor.push(found.pid);
      owner.kill('SIGKILL');
    };
    expect(await withLock(file, kill, () => Promise.resolve('worked'))).toBe('worked');
    expect(waitedFor).toEqual([owner.pid]);
  });
});
