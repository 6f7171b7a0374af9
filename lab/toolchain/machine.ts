import path from 'node:path';

import { runBound, type RunBound } from './bound-process.ts';
import { type ReadVersion, rememberedVersions, versionReader } from './program-version.ts';
import { type FindOnPath, searchPath } from './search-path.ts';

/** What the toolchain asks of this machine; tests put something of their own in its place. */
export interface ToolchainMachine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly find: FindOnPath;
  /** May answer from memory for a file that is unchanged. */
  readonly readVersion: ReadVersion;
  readonly run: RunBound;
}

/** The machine that this process runs on. */
export function thisMachine(cache: string): ToolchainMachine {
  return {
    env: process.env,
    find: searchPath(),
    readVersion: rememberedVersions(path.join(cache, 'versions.json'), versionReader()),
    run: runBound,
  };
}
