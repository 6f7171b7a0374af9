import { createHash } from 'node:crypto';
import { glob, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';
import { cacheKey } from '../toolchain/digest.ts';
import { type LayerFile } from './layer.ts';
import { describeNodeRuntime, type NodeRuntime } from './node-runtime.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A program of ours that goes into an image as one file. */
interface BundledSource {
  /** Its bundler, called as a person would, with the version that the program tells. */
  readonly bundler: string;
  /** Name of the bundle. */
  readonly bundle: string;
  /** Everything that decides what is in it: source, the data in it, and the libraries' versions. */
  readonly sources: readonly string[];
}

const PROGRAMS = {
  operator: {
    bundler: 'operators/bundle.ts',
    bundle: 'operator.mjs',
    sources: ['operators/**/*.ts', 'config/profiles/**/*.yaml', 'package-lock.json'],
  },
  movers: {
    bundler: 'movers/bundle.ts',
    bundle: 'mover.mjs',
    sources: [
      'movers/**/*.ts',
      'operators/{api,bundling,metrics,runtime}/**/*.ts',
      'config/profiles/**/*.yaml',
      'package-lock.json',
    ],
  },
} as const satisfies Readonly<Record<string, BundledSource>>;

/** Which of our programs. */
export type BundleName = keyof typeof PROGRAMS;

/** A program of ours as one file, with the Node that runs it. */
export interface NodeBundle {
  readonly name: BundleName;
  /** Digest of the source: another source, another image. */
  readonly key: string;
  readonly runtime: NodeRuntime;
}

/** A bundle as it was made. */
export interface MadeBundle {
  /** The program and its licences, at `/`. */
  readonly files: readonly LayerFile[];
  /** The list of the npm packages in it. */
  readonly packages: string;
}

/** Reads a program's source, without bundling it. */
export async function describeNodeBundle(name: BundleName, cache: string): Promise<NodeBundle> {
  const names = [];
  const options = { cwd: ROOT, exclude: ['**/*.test.ts'] };
  for await (const file of glob(PROGRAMS[name].sources, options)) names.push(file);
  const lines = await Promise.all(
    names.sort().map(async (file) => `${file} ${await digest(path.join(ROOT, file))}`),
  );
  return { name, key: cacheKey(lines), runtime: describeNodeRuntime(cache) };
}

/** Bundles a program into a folder. */
export async function makeBundle(
  { name, key }: NodeBundle,
  work: string,
  run: RunBound,
): Promise<MadeBundle> {
  const { bundler, bundle } = PROGRAMS[name];
  await run(process.execPath, [path.join(ROOT, bundler), work, `source-${key}`]);
  const file = (written: string): LayerFile => ({
    path: `/${written}`,
    source: path.join(work, written),
    executable: false,
  });
  const written = await readdir(work);
  return {
    // Licences are written where any of the packages asks for it in its files.
    files: [bundle, `${bundle}.LEGAL.txt`].filter((name) => written.includes(name)).map(file),
    packages: path.join(work, `${bundle}.packages.json`),
  };
}

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
