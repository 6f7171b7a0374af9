/**
 * Makes a fresh clone ready to run, as the npm `pre` script of everything: `node lab/prepare.mjs <packages|lab|test>`.
 * `packages` installs the npm packages; `lab` and `test` also find or build what the lab consists of.
 *
 * It runs on whatever Node started npm, before anything is installed; hence plain JavaScript, here and in
 * toolchain/bootstrap/. Once the packages are there, toolchain/prepare.ts goes on under the project's own Node.
 * With everything in place it says nothing and takes a fraction of a second.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { cacheDirectory } from './toolchain/bootstrap/cache-directory.mjs';
import { withLock } from './toolchain/bootstrap/lock.mjs';
import { machineFacts } from './toolchain/bootstrap/machine-facts.mjs';
import { arePackagesInstalled, installPackages, nodeOf } from './toolchain/bootstrap/npm-packages.mjs';
import { withProgress } from './toolchain/bootstrap/progress.mjs';
import { describeNeeds, unmetNeeds } from './toolchain/bootstrap/unmet-needs.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [mode] = process.argv.slice(2);

if (mode === 'packages' || mode === 'lab' || mode === 'test') process.exitCode = await prepare(mode);
else {
  console.error('Usage: node lab/prepare.mjs <packages|lab|test>');
  process.exitCode = 2;
}

/**
 * @param {'packages' | 'lab' | 'test'} mode
 * @returns {Promise<number>} exit code
 */
async function prepare(mode) {
  const cache = cacheDirectory();
  const needs = unmetNeeds(machineFacts(root, cache), mode);
  if (needs.length > 0) {
    process.stderr.write(describeNeeds(needs, mode));
    return 1;
  }
  if (!arePackagesInstalled(root)) {
    try {
      await withLock(path.join(cache, 'prepare.lock'), sayWaiting, installMissingPackages);
    } catch (error) {
      process.stderr.write(`ZB-PREP-002: ${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    }
  }
  return mode === 'packages' ? 0 : prepareToolchain();
}

async function installMissingPackages() {
  if (arePackagesInstalled(root)) return; // by the run we waited for
  const step = { what: 'npm packages', number: 1, of: 1, expectedSeconds: 30 };
  await withProgress(step, () => installPackages(root));
}

/** @param {{ pid: number }} owner */
function sayWaiting({ pid }) {
  process.stderr.write(`Waiting for another run (process ${pid}) that is preparing this machine …\n`);
}

/** In this process when it reads TypeScript, which saves starting another; otherwise under the Node just installed. */
async function prepareToolchain() {
  if (process.features.typescript) {
    const toolchain = await import('./toolchain/prepare.ts');
    return toolchain.prepareToolchain();
  }
  const script = path.join(root, 'lab', 'toolchain', 'prepare.ts');
  return spawnSync(nodeOf(root), [script], { stdio: 'inherit' }).status ?? 1;
}
