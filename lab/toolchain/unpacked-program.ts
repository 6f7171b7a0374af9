import { access, constants, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from './bound-process.ts';
import { withUnpackedPackages } from './debian-unpacking.ts';
import { type FindOnPath } from './search-path.ts';
import { ToolchainError } from './toolchain-error.ts';

/**
 * A program taken out of a Debian package that is not installed: installing it would bring a service that starts with
 * the machine, and packages that nobody here needs.
 */
export interface UnpackedProgram {
  readonly name: string;
  readonly debianPackage: string;
  /** Where it is, or will be, in the cache. */
  readonly path: string;
}

/** promtool judges the operator's metrics; its package would start a Prometheus on all addresses of the machine. */
export function describePromtool(cache: string): UnpackedProgram {
  return { name: 'promtool', debianPackage: 'prometheus', path: path.join(cache, 'debian', 'promtool') };
}

/** Where the program is: on PATH, else in the cache. Undefined when it has to be fetched. */
export async function locateUnpackedProgram(
  program: UnpackedProgram,
  find: FindOnPath,
): Promise<string | undefined> {
  const onPath = await find(program.name);
  if (onPath !== undefined) return onPath;
  return access(program.path, constants.X_OK).then(
    () => program.path,
    () => undefined,
  );
}

/**
 * Downloads the package by apt, which checks its signature, and takes the program out of it.
 * @param partial folder for unfinished work, on the file system of the cache
 * @throws ToolchainError ZB-TOOL-008
 */
export async function unpackProgram(program: UnpackedProgram, partial: string, run: RunBound): Promise<void> {
  const { name, debianPackage } = program;
  try {
    await withUnpackedPackages([debianPackage], partial, run, async (folder) => {
      await mkdir(path.dirname(program.path), { recursive: true });
      await rename(path.join(folder, 'usr', 'bin', name), program.path);
    });
  } catch (cause) {
    throw new ToolchainError(
      'ZB-TOOL-008',
      `${name} could not be taken out of the Debian package ${debianPackage}; put a ${name} on PATH and run the command again. ${String(cause)}`,
      { cause },
    );
  }
}
