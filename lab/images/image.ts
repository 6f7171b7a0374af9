import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';
import { buildFailure } from '../toolchain/build-failure.ts';
import { cacheKey } from '../toolchain/digest.ts';
import { type GoBuild } from '../toolchain/go-build.ts';
import { DEBIAN_OPTIONS, DEBIAN_RELEASE, DPKG_OPTIONS, writeDebianLayer } from './debian-layer.ts';
import { type ImageRecipe } from './image-recipes.ts';
import { writeLayer } from './layer.ts';
import { bundleFiles, type NodeBundle } from './node-bundle.ts';
import { writeOciArchive } from './oci-archive.ts';

/** A recipe together with everything that decides the image's bytes. */
export interface Image {
  readonly recipe: ImageRecipe;
  /** Digest of recipe, program and layout: another key, another image. */
  readonly key: string;
  /** Where the OCI archive is, or will be, in the cache. */
  readonly archive: string;
  readonly content: ImageContent;
}

/** Where an image's files come from, found and fixed. */
export type ImageContent =
  | { readonly from: 'program'; readonly build: GoBuild }
  | { readonly from: 'debian'; readonly packages: readonly string[] }
  | { readonly from: 'bundle'; readonly bundle: NodeBundle };

/** What images are made of besides Debian packages. */
export interface ImageSources {
  readonly builds?: readonly GoBuild[];
  readonly bundle?: NodeBundle;
}

/** Raised when the way an image is put together changes, so that older archives are made anew. */
const LAYOUT = '1';

/**
 * Says where an image is kept, without making it.
 * @throws RangeError when the recipe names what is not among the sources
 */
export function describeImage(recipe: ImageRecipe, sources: ImageSources, cache: string): Image {
  const content = findContent(recipe, sources);
  const { name, files, entrypoint, command, user } = recipe;
  const key = cacheKey([
    LAYOUT,
    JSON.stringify([name, files, entrypoint, command, user]),
    ...decidedBy(content),
  ]);
  const archive = path.join(cache, 'images', `${name.replace(/[/:]/g, '-')}-${key}.tar`);
  return { recipe, key, archive, content };
}

function findContent({ name, files }: ImageRecipe, { builds = [], bundle }: ImageSources): ImageContent {
  switch (files.from) {
    case 'debian':
      return files;
    case 'bundle':
      if (bundle === undefined) throw new RangeError(`image ${name}: there is no bundle`);
      return { from: 'bundle', bundle };
    case 'program': {
      const build = builds.find(({ program }) => program.name === files.program);
      if (build === undefined) {
        throw new RangeError(`image ${name}: there is no program "${files.program}" in GO_PROGRAMS`);
      }
      return { from: 'program', build };
    }
  }
}

/** Everything that decides the bytes of the files, as text. */
function decidedBy(content: ImageContent): readonly string[] {
  switch (content.from) {
    case 'debian':
      return [DEBIAN_RELEASE, DPKG_OPTIONS, ...DEBIAN_OPTIONS];
    case 'bundle':
      return [content.bundle.key];
    case 'program':
      return [content.build.key];
  }
}

/**
 * Makes an image's archive in the cache; it appears there only complete.
 * @param partial folder for unfinished work, on the file system of the cache
 * @returns digest of the image's manifest
 * @throws ToolchainError ZB-TOOL-002 (failed), 004 (disk full)
 */
export async function makeImage(image: Image, partial: string, run: RunBound): Promise<string> {
  const { recipe, content, archive } = image;
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(path.join(partial, 'image-'));
  try {
    const layer = path.join(work, 'layer.tar');
    await writeFiles(content, layer, work, run);
    const finished = path.join(work, 'image.tar');
    const digest = await writeOciArchive(recipe.name, recipe, layer, finished);
    await mkdir(path.dirname(archive), { recursive: true });
    await rename(finished, archive);
    return digest;
  } catch (error) {
    throw await buildFailure(`image ${recipe.name}`, partial, error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function writeFiles(content: ImageContent, layer: string, work: string, run: RunBound): Promise<void> {
  switch (content.from) {
    case 'debian':
      return writeDebianLayer(content.packages, layer, work, run);
    case 'bundle':
      return writeLayer(await bundleFiles(content.bundle, work, run), layer);
    case 'program': {
      const { program, path: source } = content.build;
      return writeLayer([{ path: `/${program.name}`, source, executable: true }], layer);
    }
  }
}
