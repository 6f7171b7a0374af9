import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runBound } from '../toolchain/bound-process.ts';
import { describeImage, makeImage } from './image.ts';
import { IMAGES, POSTGRES_IMAGE } from './image-recipes.ts';

describe('a Debian image', () => {
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(path.join(tmpdir(), 'zaibei-debian-image-'));
  });

  afterEach(() => rm(cache, { recursive: true }));

  it('has the same digest when it is made again from the same packages', { timeout: 400_000 }, async () => {
    // The one with most of what could differ: users, programs that run at the installation, files that they make.
    const recipe = IMAGES.find(({ name }) => name === POSTGRES_IMAGE);
    if (recipe === undefined) throw new Error(`the lab has no image ${POSTGRES_IMAGE} any more`);
    const make = (round: string): Promise<string> =>
      makeImage(
        describeImage(recipe, {}, path.join(cache, round)),
        path.join(cache, round, 'partial'),
        runBound,
      );
    const [first, second] = await Promise.all([make('first'), make('second')]);
    expect(second).toBe(first);
    expect(await readdir(path.join(cache, 'first', 'partial'))).toEqual([]);
  });
});
