import { systemClock } from '../../operators/runtime/index.ts';
import { WorkQueue } from '../../operators/runtime/queue/work-queue.ts';
import { type Figure, spread } from '../result.ts';
import { threadSeconds } from '../thread-seconds.ts';

const KEYS = Array.from({ length: 10_000 }, (_, index) => `tenant-${index % 40}/dataset-${index}`);

/** How often all keys go through the queue, in a round and before the first. */
const PASSES = 20;

/**
 * Keys through the work queue: wanted, taken by one of four workers, wanted again meanwhile, done, and so taken twice. In CPU
 * time of the main thread, which other programs on the machine do not lengthen.
 */
export async function benchQueue(rounds: number): Promise<readonly Figure[]> {
  await pass();
  const samples: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const begun = threadSeconds();
    let operations = 0;
    for (let passes = 0; passes < PASSES; passes += 1) operations += await pass();
    samples.push(operations / (threadSeconds() - begun));
  }
  return [{ name: 'work queue', unit: 'operations/s of CPU', value: spread(samples, 0) }];
}

/** @returns how many operations it took: add, take, done */
async function pass(): Promise<number> {
  const queue = new WorkQueue({ clock: systemClock });
  let operations = 0;
  let runs = 0;
  const seen = new Set<string>();
  const work = async (): Promise<void> => {
    for (let taken = await queue.take(); taken !== undefined; taken = await queue.take()) {
      const { key } = taken;
      if (!seen.has(key)) {
        seen.add(key);
        queue.add(key);
        operations += 1;
      }
      queue.done(key);
      operations += 2;
      runs += 1;
      if (runs === 2 * KEYS.length) queue.close();
    }
  };
  for (const key of KEYS) queue.add(key);
  await Promise.all([work(), work(), work(), work()]);
  return operations + KEYS.length;
}
