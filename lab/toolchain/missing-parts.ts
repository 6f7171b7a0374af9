import { rm } from 'node:fs/promises';
import path from 'node:path';

import { withLock } from './bootstrap/lock.mjs';
import { inWords, withProgress } from './bootstrap/progress.mjs';
import { partialDirectory, type ToolchainPart } from './parts.ts';

/** Those of the parts that are not there yet, in their order. */
export async function missingParts(parts: readonly ToolchainPart[]): Promise<ToolchainPart[]> {
  const ready = await Promise.all(parts.map((part) => part.isReady()));
  return parts.filter((_, index) => ready[index] !== true);
}

/**
 * Makes every part that is not there yet, one after the other: each build uses all processors by itself. Two runs at
 * once do not get in each other's way: the second waits and finds its work done. Says nothing when nothing is missing.
 * @param say takes lines for people
 * @throws ToolchainError from the first part that cannot be made; those before it stay, the next run goes on from there
 */
export async function makeMissingParts(
  parts: readonly ToolchainPart[],
  cache: string,
  say: (text: string) => void,
): Promise<void> {
  if ((await missingParts(parts)).length === 0) return;
  const sayWaiting = ({ pid }: { readonly pid: number }): void => {
    say(`Waiting for another run (process ${pid}) that is preparing this machine …\n`);
  };
  await withLock(path.join(cache, 'prepare.lock'), sayWaiting, async () => {
    await rm(partialDirectory(cache), { recursive: true, force: true }); // of runs that were killed
    const missing = await missingParts(parts);
    if (missing.length > 0) await makeAll(missing, cache, say);
  });
}

async function makeAll(
  parts: readonly ToolchainPart[],
  cache: string,
  say: (text: string) => void,
): Promise<void> {
  const started = performance.now();
  const expected = parts.reduce((sum, { expectedSeconds }) => sum + expectedSeconds, 0);
  const count = parts.length === 1 ? '1 part' : `${parts.length} parts`;
  say(
    `Preparing the lab's toolchain in ${cache}, once: ${count}, at most about ${inWords(expected * 1000)}\n`,
  );
  for (const [index, { what, expectedSeconds, make }] of parts.entries()) {
    await withProgress({ what, number: index + 1, of: parts.length, expectedSeconds }, make);
  }
  say(`The toolchain is ready after ${inWords(performance.now() - started)}\n`);
}
