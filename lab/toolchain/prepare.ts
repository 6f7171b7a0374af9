import { rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { LabError } from '../errors.ts';
import { cacheDirectory } from './bootstrap/cache-directory.mjs';
import { withLock } from './bootstrap/lock.mjs';
import { inWords, withProgress } from './bootstrap/progress.mjs';
import { thisMachine } from './machine.ts';
import { layOutToolchain, partialDirectory, type ToolchainPart, toolchainParts } from './parts.ts';

/**
 * Makes every part of the toolchain that is not there yet. Two runs at once do not get in each other's way: the
 * second waits and finds its work done.
 * @returns exit code; what went wrong is on stderr
 */
export async function prepareToolchain(): Promise<number> {
  const cache = cacheDirectory();
  try {
    const parts = toolchainParts(await layOutToolchain(cache), thisMachine(cache));
    if ((await partsToMake(parts)).length === 0) return 0;
    await withLock(path.join(cache, 'prepare.lock'), sayWaiting, async () => {
      await rm(partialDirectory(cache), { recursive: true, force: true }); // of runs that were killed
      await makeAll(await partsToMake(parts), cache);
    });
    return 0;
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return 1;
  }
}

async function partsToMake(parts: readonly ToolchainPart[]): Promise<ToolchainPart[]> {
  const ready = await Promise.all(parts.map((part) => part.isReady()));
  return parts.filter((_, index) => ready[index] !== true);
}

async function makeAll(parts: readonly ToolchainPart[], cache: string): Promise<void> {
  const started = performance.now();
  const expected = parts.reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0);
  process.stderr.write(
    `Preparing the lab's toolchain in ${cache}, once: ${parts.length} parts, at most about ${inWords(expected * 1000)}\n`,
  );
  for (const [index, { what, expectedSeconds, make }] of parts.entries()) {
    await withProgress({ what, number: index + 1, of: parts.length, expectedSeconds }, make);
  }
  process.stderr.write(`The toolchain is ready after ${inWords(performance.now() - started)}\n`);
}

function sayWaiting({ pid }: { readonly pid: number }): void {
  process.stderr.write(`Waiting for another run (process ${pid}) that is preparing this machine …\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await prepareToolchain();
