import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';
import { buildFailure } from '../toolchain/build-failure.ts';
import { cacheKey } from '../toolchain/digest.ts';
import { type GoBuild } from '../toolchain/go-build.ts';
import { DEBIAN_OPTIONS, DEBIAN_RELEASE, DPKG_OPTIONS, writeDebianLayer } from './debian-layer.ts';
import { type ImageRecipe } from './image-recipes.ts';
import { writeLayer } from './layer.ts';
import { writeOciArchive } from './oci-archive.ts';

/** A recipe together with everything that decides the image's bytes. */
export interface Image {
  readonly recipe: ImageRecipe;
  /** Digest of recipe, program and layout: another key, another image. */
  readonly key: string;
  /** Where the OCI archive is, or will be, in the cache. */
  readonly archive: string;
  /** The program in it, of a recipe that takes its files from one. */
  readonly program: GoBuild | undefined;
}

/** Raised when the way an image is put together changes, so that older archives are made anew. */
const LAYOUT = '1';

/**
 * Says where an image is kept, without making it.
 * @throws RangeError when the recipe names a program that is not built
 */
export function describeImage(recipe: ImageRecipe, builds: readonly GoBuild[], cache: string): Image {
  const { files } = recipe;
  const program =
    files.from === 'program' ? builds.find((build) => build.program.name === files.program) : undefined;
  if (files.from === 'program' && program === undefined) {
    throw new RangeError(`image ${recipe.name}: there is no program "${files.program}" in GO_PROGRAMS`);
  }
  const contents = program === undefined ? [DEBIAN_RELEASE, DPKG_OPTIONS, ...DEBIAN_OPTIONS] : [program.key];
  const { name, entrypoint, command, user } = recipe;
  const key = cacheKey([LAYOUT, JSON.stringify([name, files, entrypoint, command, user]), ...contents]);
  const archive = path.join(cache, 'images', `${name.replace(/[/:]/g, '-')}-${key}.tar`);
  return { recipe, key, archive, program };
}

/**
 * Makes an image's archive in the cache; it appears there only complete.
 * @param partial folder for unfinished work, on the file system of the cache
 * @returns digest of the image's manifest
 * @throws ToolchainError ZB-TOOL-002 (failed), 004 (disk full)
 */
export async function makeImage(image: Image, partial: string, run: RunBound): Promise<string> {
  const { recipe, program, archive } = image;
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(path.join(partial, 'image-'));
  try {
    const layer = path.join(work, 'layer.tar');
    if (recipe.files.from === 'debian') {
      await writeDebianLayer(recipe.files.packages, layer, work, run);
    } else if (program !== undefined) {
      const target = `/${program.program.name}`;
      await writeLayer([{ path: target, source: program.path, executable: true }], layer);
    }
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
