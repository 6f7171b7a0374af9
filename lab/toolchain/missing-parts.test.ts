import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { makeMissingParts } from './missing-parts.ts';
import { partialDirectory, type ToolchainPart } from './parts.ts';
import { ToolchainError } from './toolchain-error.ts';

let cache: string;
let made: string[];
let present: Set<string>;
let said: string;

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'zaibei-parts-'));
  made = [];
  present = new Set();
  said = '';
});

afterEach(() => rm(cache, { recursive: true }));

function part(what: string, fault?: () => Error | undefined): ToolchainPart {
  return {
    what,
    expectedSeconds: 60,
    isReady: () => Promise.resolve(present.has(what)),
    make: async () => {
      await readdir(cache);
      const error = fault?.();
      if (error !== undefined) throw error;
      made.push(what);
      present.add(what);
    },
  };
}

const make = (...parts: ToolchainPart[]): Promise<void> =>
  makeMissingParts(parts, cache, (text) => {
    said += text;
  });

describe('the parts of the toolchain', () => {
  it('are made in their order, those that are missing only', async () => {
    present.add('kubelet');
    await make(part('etcd'), part('kubelet'), part('images'));
    expect(made).toEqual(['etcd', 'images']);
    expect(said).toBe(
      `Preparing the lab's toolchain in ${cache}, once: 2 parts, at most about 2 min\nThe toolchain is ready after 0 s\n`,
    );
  });

  it('are passed over without a word when all are there', async () => {
    present.add('etcd');
    await make(part('etcd'));
    expect([said, made, await readdir(cache)]).toEqual(['', [], []]);
  });

  it('are made once when two runs prepare at the same time', async () => {
    const parts = [part('etcd'), part('images')];
    await Promise.all([make(...parts), make(...parts)]);
    expect(made).toEqual(['etcd', 'images']);
  });

  it('stay when a later one fails, and the next run goes on from there', async () => {
    let free = 0;
    const parts = [
      part('etcd'),
      part('kubelet', () =>
        free === 0 ? new ToolchainError('ZB-TOOL-004', 'the disk filled up') : undefined,
      ),
      part('images'),
    ];
    await expect(make(...parts)).rejects.toMatchObject({ code: 'ZB-TOOL-004' });
    expect(made).toEqual(['etcd']);
    free = 1;
    await make(...parts);
    expect(made).toEqual(['etcd', 'kubelet', 'images']);
  });

  it('leave nothing of a run that was killed while it made one', async () => {
    await mkdir(path.join(partialDirectory(cache), 'kubelet-x'), { recursive: true });
    await writeFile(path.join(partialDirectory(cache), 'kubelet-x', 'kubelet'), 'half');
    await make(part('kubelet'));
    expect(await readdir(cache)).toEqual([]);
  });
});
