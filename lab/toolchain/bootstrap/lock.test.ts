import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

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

  it('is taken over from an owner that started at another time than the process of that pid', async () => {
    const startOfThis = await withLock(
      file,
      () => undefined,
      async () => (JSON.parse(await readFile(file, 'utf8')) as Owner).started,
    );
    await writeFile(file, JSON.stringify({ pid: process.ppid, started: startOfThis }));
    const onWait = (): void => {
      throw new Error('this owner is gone');
    };
    expect(await withLock(file, onWait, () => Promise.resolve('worked'))).toBe('worked');
  });

  it('is taken over when it names nobody, as a full disk leaves it', async () => {
    await writeFile(file, '{"pid":');
    expect(await runAs(2, () => Promise.resolve('worked'))).toBe('worked');
  });

  it.each([
    ['has judged the owner dead', 1],
    ['has looked once more, about to remove the lock', 2],
  ])('is taken over by one only when a second comes while the first %s', async (_, judgement) => {
    await writeFile(file, JSON.stringify({ pid: 77, started: '77' }));
    let inside = 0;
    let most = 0;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const judgements = { 2: 0, 3: 0 };
    const contend = (pid: 2 | 3): Promise<void> =>
      withLock(
        file,
        () => {
          release();
        },
        async () => {
          inside += 1;
          most = Math.max(most, inside);
          if (inside === 2) release();
          await held; // until the other waits, or is inside as well
          inside -= 1;
        },
        {
          self: { pid, started: String(pid) },
          isAlive: async (owner) => {
            judgements[pid] += 1;
            if (pid === 2 && judgements[2] === judgement) {
              await expect.poll(() => inside > 0 || judgements[3] > 2).toBe(true); // as far as the other can get
            }
            return owner.pid !== 77;
          },
        },
      );
    await Promise.all([contend(2), contend(3)]);
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
    onTestFinished(() => void owner.kill('SIGKILL'));
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
