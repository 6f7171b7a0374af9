/** Global set-up of the lab tests: one instance `test`, started once for all of them and taken away at the end. */
import type { TestProject } from 'vitest/node';
import { down } from '../commands/down.ts';
import { up } from '../commands/up.ts';
import { stateDirectory } from '../instance-record.ts';
import { takeLock } from '../lock.ts';
import { progressLines } from '../progress.ts';
import { prepareToolchain } from '../toolchain/prepare.ts';
import { requireToolchain } from '../toolchain/toolchain.ts';

/** Name of the instance of the tests. */
export const TEST_INSTANCE = 'test';

/**
 * Starts the instance and hands it to the tests. What a crashed run left is removed first. With
 * `ZAIBEI_KEEP_TEST_LAB=1` a running instance is used as it is, and left running: for the tenth run of one test.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const keep = process.env['ZAIBEI_KEEP_TEST_LAB'] === '1';
  const progress = progressLines((text) => process.stderr.write(text));
  const state = stateDirectory();
  // Two runs at once would pull the plug on each other.
  const run = await takeLock(`lab tests in ${state}`, {
    holder: 'npm test',
    seconds: 3600,
    onWait: (holder) => {
      progress.say(TEST_INSTANCE, `waiting for ${holder}`);
    },
  });
  if (!keep) await down({ name: TEST_INSTANCE, state, progress });
  // Also for whoever runs vitest by itself, after an edit of the operator.
  if ((await prepareToolchain()) !== 0)
    throw new Error('the toolchain could not be prepared; the reason stands above');
  const toolchain = await requireToolchain();
  const { instance, machines } = await up({ name: TEST_INSTANCE, state, toolchain, progress });
  project.provide('lab', { instance, machines, toolchain });
  return async () => {
    if (!keep) await down({ name: TEST_INSTANCE, state, progress });
    await run.release();
  };
}
