import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { runBound, type RunBound } from './bound-process.ts';
import { type GoProgram } from './go-programs.ts';

/** Asks a program for its version, without `v`; undefined when it is not there, does not run or does not say. */
export type ReadVersion = (
  file: string,
  versionArguments: GoProgram['versionArguments'],
) => Promise<string | undefined>;

/** {@link ReadVersion} by running the program (for `build-info`, by letting Go read the record in the file). */
export function versionReader(run: RunBound = runBound): ReadVersion {
  return async (file, versionArguments) => {
    const byBuildInfo = versionArguments === 'build-info';
    try {
      const output = byBuildInfo
        ? await run('go', ['version', '-m', file], { timeout: 20_000 })
        : await run(file, versionArguments, { timeout: 20_000 });
      return byBuildInfo ? moduleVersion(output) : printedVersion(output);
    } catch {
      return undefined;
    }
  };
}

/** The first version in a program's output: `Kubernetes v1.34.4` → `1.34.4`, `CoreDNS-1.15.0` → `1.15.0`. */
export function printedVersion(output: string): string | undefined {
  return /(?<![\d.])v?(\d+\.\d+\.\d+(?:-[0-9a-z.]+)?)/.exec(output)?.[1];
}

/** The version of the main module in the output of `go version -m`. */
function moduleVersion(output: string): string | undefined {
  return /^\s*mod\s+\S+\s+v(\S+)/m.exec(output)?.[1];
}

const Sightings = z.record(
  z.string(),
  z.object({ size: z.number(), modified: z.number(), version: z.string() }),
);

/** Programs by path, as they were when they told their version. */
type Sightings = z.infer<typeof Sightings>;

/** Below this size a program is a script or a shim that may start another version tomorrow without changing itself. */
const SHIM_BYTES = 128 * 1024;

/**
 * {@link ReadVersion} with a memory: a program whose file is unchanged since it last told its version is not run
 * again, which keeps a start with everything in place fast. A changed, cut or replaced file is asked anew.
 * @param memory JSON file that keeps what was seen; may be lost at any time
 */
export function rememberedVersions(memory: string, ask: ReadVersion): ReadVersion {
  let sightings: Promise<Sightings> | undefined;
  let written = Promise.resolve();
  return async (file, versionArguments) => {
    const facts = await stat(file).catch(() => undefined);
    if (facts?.isFile() !== true) return undefined;
    sightings ??= readSightings(memory);
    const seen = (await sightings)[file];
    if (seen !== undefined && seen.size === facts.size && seen.modified === facts.mtimeMs)
      return seen.version;
    const version = await ask(file, versionArguments);
    if (version !== undefined && facts.size >= SHIM_BYTES) {
      const all = await sightings;
      all[file] = { size: facts.size, modified: facts.mtimeMs, version };
      written = written.then(() => writeSightings(memory, all)); // one at a time: programs are asked side by side
      await written;
    }
    return version;
  };
}

async function readSightings(memory: string): Promise<Sightings> {
  try {
    return Sightings.parse(JSON.parse(await readFile(memory, 'utf8')));
  } catch {
    return {}; // not there yet, or not what is written below: everything is asked once more
  }
}

/** Writes beside and renames, so that a reader never sees half a file. */
async function writeSightings(memory: string, sightings: Sightings): Promise<void> {
  const temporary = `${memory}.${process.pid}`;
  await mkdir(path.dirname(memory), { recursive: true });
  await writeFile(temporary, JSON.stringify(sightings, null, 1));
  await rename(temporary, memory);
}
