import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { extract } from 'tar-stream';
import { z } from 'zod';

import { type GoBuild, MODULES_DIRECTORY } from '../toolchain/go-build.ts';
import { type Component } from './bill-of-materials.ts';
import { type MadeBundle } from './node-bundle.ts';
import { NODE_VERSION, type NodeRuntime } from './node-runtime.ts';

/** Where dpkg keeps what is installed. */
const DPKG_STATUS = 'var/lib/dpkg/status';

const packagesSchema = z.array(
  z.object({ name: z.string(), version: z.string(), license: z.string().optional() }),
);

/** The packages of a Debian system, from its layer. Of some, files were left out; it is still theirs what is there. */
export async function debianComponents(layer: string): Promise<Component[]> {
  for await (const entry of createReadStream(layer).pipe(extract())) {
    if (entry.header.name.replace(/^\.\//, '') === DPKG_STATUS) return readDpkgStatus(await text(entry));
    entry.resume();
  }
  throw new Error(`there is no ${DPKG_STATUS} in the layer`);
}

/** Reads dpkg's own list. What is not installed, or was removed, is not in it. */
export function readDpkgStatus(status: string): Component[] {
  return status.split('\n\n').flatMap((stanza): Component[] => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: (.*)$`, 'm').exec(stanza)?.[1];
    const [name, version] = [field('Package'), field('Version')];
    if (name === undefined || version === undefined) return [];
    return field('Status') === 'install ok installed' ? [{ name, version, source: 'debian' }] : [];
  });
}

/** The Go modules that a program of the toolchain may have in it: those that its pinned module names. */
export async function goComponents({ program, version }: GoBuild): Promise<Component[]> {
  const file = path.join(MODULES_DIRECTORY, program.module, 'go.mod');
  const pinned = readGoModule(await readFile(file, 'utf8'));
  return [{ name: program.package, version, source: 'go' }, ...pinned];
}

/** Reads what a go.mod requires, with what it replaces. */
export function readGoModule(module: string): Component[] {
  const replaced = new Map(
    [...module.matchAll(/^(?:replace )?\s*(\S+)(?: v\S+)? => (\S+) (v\S+)/gm)].map(
      ([, from = '', name = '', version = '']) => [from, { name, version }],
    ),
  );
  return [
    ...module.matchAll(/^(?:require )?\s*([^\s/]+\.[^\s/]+\/\S+|[^\s/]+\.[^\s/]+) (v\S+)(?: \/\/.*)?$/gm),
  ].map(([, name = '', version = '']) => ({ name, version, ...replaced.get(name), source: 'go' }));
}

/** Node, the npm packages in a bundle, and the libraries that Node brings where the image has none of its own. */
export async function bundleComponents(
  { packages }: MadeBundle,
  { packageList }: NodeRuntime,
  withLibraries: boolean,
): Promise<Component[]> {
  const read = async (file: string, source: Component['source']): Promise<Component[]> =>
    packagesSchema
      .parse(JSON.parse(await readFile(file, 'utf8')))
      .map((component) => ({ ...component, source }));
  return [
    { name: 'node', version: NODE_VERSION, source: 'node' },
    ...(await read(packages, 'npm')),
    ...(withLibraries ? await read(packageList, 'debian') : []),
  ];
}
