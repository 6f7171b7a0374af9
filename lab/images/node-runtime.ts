import { copyFile, glob, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import nodePackage from '../../node_modules/node/package.json' with { type: 'json' };

import { type RunBound } from '../toolchain/bound-process.ts';
import { buildFailure } from '../toolchain/build-failure.ts';
import { withUnpackedPackages } from '../toolchain/debian-unpacking.ts';
import { type LayerFile } from './layer.ts';

/** The Node that runs the project, from the npm package `node`: what is tested is what is shipped. */
const NODE = path.resolve(import.meta.dirname, '../../node_modules/node/bin/node');

/** Its version. */
export const NODE_VERSION: string = nodePackage.version;

/** Debian packages with the libraries that Node is linked against, by `ldd`. */
const PACKAGES = ['libc6', 'libgcc-s1', 'libstdc++6'];

/** Those libraries, at the places where the loader looks for them. */
const LIBRARIES = [
  '/lib64/ld-linux-x86-64.so.2',
  '/lib/x86_64-linux-gnu/libc.so.6',
  '/lib/x86_64-linux-gnu/libdl.so.2',
  '/lib/x86_64-linux-gnu/libgcc_s.so.1',
  '/lib/x86_64-linux-gnu/libm.so.6',
  '/lib/x86_64-linux-gnu/libpthread.so.0',
  '/usr/lib/x86_64-linux-gnu/libstdc++.so.6',
];

/** Node and what it needs to run, as files for an image that holds no shell, no package manager and no other program. */
export interface NodeRuntime {
  /** Folder of the libraries in the cache. */
  readonly libraries: string;
  /** The Debian packages that the libraries are from, with their versions, as JSON. */
  readonly packageList: string;
  /** Node alone, for an image that has the libraries. */
  readonly node: LayerFile;
  /** Node with its libraries. */
  readonly files: readonly LayerFile[];
}

/** Where Node's libraries are, or will be, in the cache. */
export function describeNodeRuntime(cache: string): NodeRuntime {
  const libraries = path.join(cache, 'debian', 'node-runtime');
  const node: LayerFile = { path: '/usr/bin/node', source: NODE, executable: true };
  return {
    libraries,
    packageList: path.join(libraries, 'packages.json'),
    node,
    files: [
      node,
      ...LIBRARIES.map((file) => ({ path: file, source: path.join(libraries, file), executable: true })),
    ],
  };
}

/**
 * Takes the libraries out of their Debian packages.
 * @param partial folder for unfinished work, on the file system of the cache
 * @throws ToolchainError ZB-TOOL-002 (failed), 004 (disk full)
 */
export async function makeNodeRuntime(
  { libraries }: NodeRuntime,
  partial: string,
  run: RunBound,
): Promise<void> {
  await mkdir(partial, { recursive: true });
  const finished = await mkdtemp(path.join(partial, 'node-libraries-'));
  try {
    await withUnpackedPackages(PACKAGES, partial, run, async (folder) => {
      for (const file of LIBRARIES) {
        const target = path.join(finished, file);
        await mkdir(path.dirname(target), { recursive: true });
        await copyFile(path.join(folder, file), target);
      }
      const versions = [];
      for await (const archive of glob('*.deb', { cwd: folder })) versions.push(packageOf(archive));
      await writeFile(path.join(finished, 'packages.json'), JSON.stringify(versions));
    });
    await rm(libraries, { recursive: true, force: true });
    await mkdir(path.dirname(libraries), { recursive: true });
    await rename(finished, libraries);
  } catch (error) {
    throw await buildFailure("Node's libraries", partial, error);
  } finally {
    await rm(finished, { recursive: true, force: true });
  }
}

/** Name and version of a package, which apt names its file by, escaped as in an address: `libc6_2.36-9+deb12u14_amd64.deb`. */
function packageOf(archive: string): { readonly name: string; readonly version: string } {
  const [name = archive, version = ''] = archive.split('_').map(decodeURIComponent);
  return { name, version };
}
