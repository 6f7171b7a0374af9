import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runBound } from '../toolchain/bound-process.ts';
import { cacheDirectory } from '../toolchain/bootstrap/cache-directory.mjs';
import { layOutToolchain } from '../toolchain/parts.ts';
import { billSchema } from './bill-of-materials.ts';
import { billOf, describeImage, makeImage } from './image.ts';
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

const MEGABYTE = 1e6;

describe('the images of the lab', () => {
  it('are as large as the reference says, to a tenth, and each has a valid bill of materials', async () => {
    const page = await readFile(path.resolve(import.meta.dirname, '../../docs/reference/images.md'), 'utf8');
    const { images } = await layOutToolchain(cacheDirectory());
    for (const image of images) {
      const { name } = image.recipe;
      const [, stated] = new RegExp(`^\\| \`${name}\` \\| (\\d+) MB`, 'm').exec(page) ?? [];
      const { size } = await stat(image.archive);
      const megabytes = size / MEGABYTE;
      expect(Math.abs(Number(stated) - megabytes), `${name}: ${megabytes}`).toBeLessThan(megabytes / 10 + 1);
      const bill = billSchema.parse(JSON.parse(await readFile(billOf(image), 'utf8')));
      expect(bill.metadata.component['bom-ref']).toBe(name);
    }
  });
});
