import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CommandFailedError } from '../errors.ts';
import { type RunBound } from '../toolchain/bound-process.ts';
import { type GoBuild } from '../toolchain/go-build.ts';
import { GO_PROGRAMS } from '../toolchain/go-programs.ts';
import { describeImage, type Image, makeImage } from './image.ts';
import { type ImageRecipe, IMAGES } from './image-recipes.ts';
import { type NodeBundle } from './node-bundle.ts';
import { describeImageRoot, makeImageRoot } from './image-root.ts';

let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), 'zaibei-image-'));
});

afterEach(() => rm(cache, { recursive: true }));

const builds = (key = 'k'): GoBuild[] =>
  GO_PROGRAMS.map((program) => ({
    program,
    version: '1.0.0',
    key,
    path: path.join(cache, program.name),
    flags: [],
  }));

const pause: ImageRecipe = {
  name: 'zaibei/pause:1',
  files: { from: 'program', program: 'pause' },
  entrypoint: ['/pause'],
  expectedSeconds: 1,
};

const debian: ImageRecipe = {
  name: 'zaibei/debian:1',
  files: { from: 'debian', packages: ['tar'] },
  expectedSeconds: 1,
};

const runtime = {
  libraries: '',
  packageList: '',
  node: { path: '/node', source: '', executable: true },
  files: [],
};

const bundles: NodeBundle[] = [
  { name: 'operator', key: 'k', runtime },
  { name: 'movers', key: 'k', runtime },
];

const describePause = (changed: Partial<ImageRecipe> = {}, key = 'k'): Image =>
  describeImage({ ...pause, ...changed }, { builds: builds(key) }, cache);

const refused: RunBound = () => Promise.reject(new Error('nothing is run for a program image'));

/** Everything in the cache that looks finished. */
const finished = async (folder: string): Promise<string[]> =>
  readdir(path.join(cache, folder)).catch(() => []);

describe('the place of an image in the cache', () => {
  it('changes with the program, the command and the user, and with nothing else', () => {
    const { archive } = describePause();
    expect(path.relative(cache, archive)).toMatch(/^images\/zaibei-pause-1-[0-9a-f]{12}\.tar$/);
    expect(describePause({ expectedSeconds: 9 }).archive).toBe(archive);
    const others = [
      describePause({}, 'k2'),
      describePause({ command: ['x'] }),
      describePause({ user: '1:1' }),
    ];
    expect(new Set([archive, ...others.map((image) => image.archive)]).size).toBe(4);
  });

  it('changes with the packages of a Debian image', () => {
    const more: ImageRecipe = { ...debian, files: { from: 'debian', packages: ['tar', 'bash'] } };
    expect(describeImage(more, {}, cache).archive).not.toBe(describeImage(debian, {}, cache).archive);
  });

  it('changes with the source of the operator', () => {
    const operator: ImageRecipe = {
      name: 'zaibei/operator:1',
      files: { from: 'bundle' },
      expectedSeconds: 1,
    };
    const { archive } = describeImage(operator, { bundles }, cache);
    expect(
      describeImage(operator, { bundles: [{ name: 'operator', key: 'k2', runtime }] }, cache).archive,
    ).not.toBe(archive);
  });

  it('is known for every image of the lab', () => {
    const images = IMAGES.map((recipe) => describeImage(recipe, { builds: builds(), bundles }, cache));
    expect(new Set(images.map(({ archive }) => archive)).size).toBe(IMAGES.length);
  });

  it('is refused when nothing builds the program', () => {
    const recipe: ImageRecipe = { ...pause, files: { from: 'program', program: 'paws' } };
    expect(() => describeImage(recipe, { builds: builds(), bundles }, cache)).toThrow(
      'image zaibei/pause:1: there is no program "paws" in GO_PROGRAMS',
    );
  });
});

describe('making an image', () => {
  it('gives the same digest each time and leaves only the archive', async () => {
    await writeFile(path.join(cache, 'pause'), 'program');
    const image = describePause();
    const partial = path.join(cache, 'partial');
    const digest = await makeImage(image, partial, refused);
    await rm(image.archive);
    expect(await makeImage(image, partial, refused)).toBe(digest);
    const archive = path.basename(image.archive);
    expect(await finished('images')).toEqual([archive, `${archive}.cdx.json`]);
    expect(await finished('partial')).toEqual([]);
  });

  it('leaves nothing when the disk fills up, and says so', async () => {
    const full: RunBound = async (command, args) => {
      await writeFile(args.at(-1) ?? '', 'half a layer');
      throw new CommandFailedError([command, ...args], 25, 'tar: No space left on device');
    };
    await expect(
      makeImage(describeImage(debian, {}, cache), path.join(cache, 'partial'), full),
    ).rejects.toMatchObject({
      code: 'ZB-TOOL-004',
      message: expect.stringContaining('the disk filled up while making image zaibei/debian:1') as string,
    });
    expect(await finished('images')).toEqual([]);
    expect(await finished('partial')).toEqual([]);
  });
});

describe('the store of images', () => {
  it('is another one when any image is, in whatever order they are listed', () => {
    const [first, second] = [describePause(), describeImage(debian, {}, cache)];
    const root = describeImageRoot([first, second], cache);
    expect(describeImageRoot([second, first], cache)).toBe(root);
    expect(describeImageRoot([describePause({}, 'k2'), second], cache)).not.toBe(root);
    expect(describeImageRoot([first], cache)).not.toBe(root);
  });

  it('does not appear when an import fails', async () => {
    const image = describePause();
    const root = describeImageRoot([image], cache);
    const failing: RunBound = (command, args) =>
      Promise.reject(new CommandFailedError([command, ...args], 1, 'ctr: content digest: not found'));
    await expect(makeImageRoot(root, [image], path.join(cache, 'partial'), failing)).rejects.toMatchObject({
      code: 'ZB-TOOL-002',
      message: expect.stringContaining('content digest: not found') as string,
    });
    expect(await finished('image-roots')).toEqual([]);
    expect(await finished('partial')).toEqual([]);
  });
});
