import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';
import { buildFailure } from '../toolchain/build-failure.ts';
import { cacheKey } from '../toolchain/digest.ts';
import { type GoBuild } from '../toolchain/go-build.ts';
import { billOfMaterials, type Component } from './bill-of-materials.ts';
import { DEBIAN_RELEASE, debianOptions, dpkgOptions, writeDebianLayer } from './debian-layer.ts';
import { type DebianSystem } from './debian-system.ts';
import { type ImageRecipe } from './image-recipes.ts';
import { type LayerFile, writeLayer } from './layer.ts';
import { type BundleName, makeBundle, type NodeBundle } from './node-bundle.ts';
import { writeOciArchive } from './oci-archive.ts';
import { bundleComponents, debianComponents, goComponents } from './read-components.ts';

/** A recipe together with everything that decides the image's bytes. */
export interface Image {
  readonly recipe: ImageRecipe;
  /** Digest of recipe, program and layout: another key, another image. */
  readonly key: string;
  /** Where the OCI archive is, or will be, in the cache. */
  readonly archive: string;
  readonly content: ImageContent;
}

/** What an image is made of, found and fixed: a Debian system below, files of ours above it, or one of the two. */
export interface ImageContent {
  readonly debian?: DebianContent;
  readonly build?: GoBuild;
  readonly bundle?: NodeBundle;
}

/** A Debian system, and where its layer is, or will be, in the cache: programs of ours above it change more often. */
interface DebianContent {
  readonly system: DebianSystem;
  readonly layer: string;
}

/** What images are made of besides Debian packages. */
export interface ImageSources {
  readonly builds?: readonly GoBuild[];
  readonly bundles?: readonly NodeBundle[];
}

/** Raised when the way an image is put together changes, so that older archives are made anew. */
const LAYOUT = '3';

/**
 * Says where an image is kept, without making it.
 * @throws RangeError when the recipe names what is not among the sources
 */
export function describeImage(recipe: ImageRecipe, sources: ImageSources, cache: string): Image {
  const content = findContent(recipe, sources, cache);
  const { name, files, entrypoint, command, user } = recipe;
  const key = cacheKey([
    LAYOUT,
    JSON.stringify([name, files, entrypoint, command, user]),
    content.debian?.layer ?? '',
    content.build?.key ?? '',
    content.bundle?.key ?? '',
  ]);
  const archive = path.join(cache, 'images', `${name.replace(/[/:]/g, '-')}-${key}.tar`);
  return { recipe, key, archive, content };
}

function findContent({ name, files }: ImageRecipe, sources: ImageSources, cache: string): ImageContent {
  const bundleOf = (program: BundleName): NodeBundle => {
    const bundle = sources.bundles?.find((candidate) => candidate.name === program);
    if (bundle === undefined) throw new RangeError(`image ${name}: there is no bundle "${program}"`);
    return bundle;
  };
  switch (files.from) {
    case 'debian':
      return { debian: describeDebian(files, cache) };
    case 'movers':
      return { debian: describeDebian(files, cache), bundle: bundleOf('movers') };
    case 'bundle':
      return { bundle: bundleOf('operator') };
    case 'program': {
      const build = sources.builds?.find(({ program }) => program.name === files.program);
      if (build === undefined) {
        throw new RangeError(`image ${name}: there is no program "${files.program}" in GO_PROGRAMS`);
      }
      return { build };
    }
  }
}

function describeDebian(system: DebianSystem, cache: string): DebianContent {
  const key = cacheKey([DEBIAN_RELEASE, dpkgOptions(system), ...debianOptions(system)]);
  return { system, layer: path.join(cache, 'debian-layers', `${key}.tar`) };
}

/**
 * Makes an image's archive in the cache, and the list of what is in it beside it; both appear there only complete.
 * @param partial folder for unfinished work, on the file system of the cache
 * @returns digest of the image's manifest
 * @throws ToolchainError ZB-TOOL-002 (failed), 004 (disk full)
 */
export async function makeImage(image: Image, partial: string, run: RunBound): Promise<string> {
  const { recipe, content, archive } = image;
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(path.join(partial, 'image-'));
  try {
    const parts = [
      ...(content.debian ? [await debianPart(content.debian, work, run)] : []),
      ...(await ownPart(content, work, run)),
    ];
    const finished = path.join(work, 'image.tar');
    const layers = parts.map(({ layer }) => layer);
    const digest = await writeOciArchive(recipe.name, recipe, layers, finished);
    const components = parts.flatMap((part) => part.components);
    const bill = path.join(work, 'bill.json');
    await writeFile(
      bill,
      `${JSON.stringify(billOfMaterials(recipe.name, digest, components), undefined, 1)}\n`,
    );
    await mkdir(path.dirname(archive), { recursive: true });
    await rename(bill, billOf(image));
    await rename(finished, archive);
    return digest;
  } catch (error) {
    throw await buildFailure(`image ${recipe.name}`, partial, error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Where the bill of materials of an image is, or will be: beside its archive. CycloneDX, as its name says by convention. */
export function billOf({ archive }: Image): string {
  return `${archive}.cdx.json`;
}

/** A layer with what is in it. */
interface ImagePart {
  readonly layer: string;
  readonly components: readonly Component[];
}

/** A Debian system, made once for all images that have it. */
async function debianPart({ system, layer }: DebianContent, work: string, run: RunBound): Promise<ImagePart> {
  const present = await access(layer).then(
    () => true,
    () => false,
  );
  if (!present) {
    const finished = path.join(work, 'debian.tar');
    await writeDebianLayer(system, finished, work, run);
    await mkdir(path.dirname(layer), { recursive: true });
    await rename(finished, layer);
  }
  return { layer, components: await debianComponents(layer) };
}

/** What is not from Debian, where there is any. */
async function ownPart(
  { debian, build, bundle }: ImageContent,
  work: string,
  run: RunBound,
): Promise<ImagePart[]> {
  const files: LayerFile[] = [];
  const components: Component[] = [];
  if (build) {
    files.push({ path: `/${build.program.name}`, source: build.path, executable: true });
    components.push(...(await goComponents(build)));
  }
  if (bundle) {
    const { runtime } = bundle;
    const made = await makeBundle(bundle, work, run);
    const withLibraries = debian === undefined;
    files.push(...(withLibraries ? runtime.files : [runtime.node]), ...made.files);
    components.push(...(await bundleComponents(made, runtime, withLibraries)));
  }
  if (files.length === 0) return [];
  const layer = path.join(work, 'layer.tar');
  await writeLayer(files, layer);
  return [{ layer, components }];
}
