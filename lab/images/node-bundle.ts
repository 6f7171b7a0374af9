import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';
import { cacheKey } from '../toolchain/digest.ts';
import { type LayerFile } from './layer.ts';
import { describeNodeRuntime, type NodeRuntime } from './node-runtime.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Makes one file of the operator: its own bundler, called as a person would, with the version that the program tells. */
const BUNDLER = path.join(ROOT, 'operators/bundle.ts');

/** What the bundler writes. */
const BUNDLED = ['operator.mjs', 'operator.mjs.LEGAL.txt'];

/** Everything that decides what is in the bundle: the operator's source, the data in it, and the libraries' versions. */
const SOURCES = ['operators/**/*.ts', 'config/profiles/**/*.yaml', 'package-lock.json'];

/** The operator as one file, with the Node that runs it. */
export interface NodeBundle {
  /** Digest of the source: another source, another image. */
  readonly key: string;
  readonly runtime: NodeRuntime;
}

/** Reads the operator's source, without bundling it. */
export async function describeNodeBundle(cache: string): Promise<NodeBundle> {
  const names = [];
  for await (const name of glob(SOURCES, { cwd: ROOT, exclude: ['**/*.test.ts'] })) names.push(name);
  const lines = await Promise.all(
    names.sort().map(async (name) => `${name} ${await digest(path.join(ROOT, name))}`),
  );
  return { key: cacheKey(lines), runtime: describeNodeRuntime(cache) };
}

/** Bundles the operator into a folder. @returns the files of its image */
export async function bundleFiles(
  { key, runtime }: NodeBundle,
  work: string,
  run: RunBound,
): Promise<LayerFile[]> {
  await run(process.execPath, [BUNDLER, work, `source-${key}`]);
  const written = BUNDLED.map((name) => ({
    path: `/${name}`,
    source: path.join(work, name),
    executable: false,
  }));
  return [...runtime.files, ...written];
}

async function digest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
