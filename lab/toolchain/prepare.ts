import { fileURLToPath } from 'node:url';

import { LabError } from '../errors.ts';
import { cacheDirectory } from './bootstrap/cache-directory.mjs';
import { thisMachine } from './machine.ts';
import { makeMissingParts } from './missing-parts.ts';
import { layOutToolchain, toolchainParts } from './parts.ts';

/**
 * The second half of lab/prepare.mjs: makes whatever of the toolchain is not there yet.
 * @returns exit code; what went wrong is on stderr
 */
export async function prepareToolchain(): Promise<number> {
  const cache = cacheDirectory();
  try {
    const parts = toolchainParts(await layOutToolchain(cache), thisMachine(cache));
    await makeMissingParts(parts, cache, (text) => process.stderr.write(text));
    return 0;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await prepareToolchain();
