/**
 * How far above everything that a centre holds itself an epoch can be that another tells it. Epochs grow one by one, so one
 * that leaps was not come by honestly; believed, the highest number there is would forbid every later agreement.
 */
export const EPOCH_REACH = 1_000_000;

/**
 * The highest epoch of a subject that a centre goes by.
 * @param held the highest that stands in its own API; 0 where there is none
 * @param heard those that others tell
 */
export function believedEpoch(held: number, heard: Iterable<number>): number {
  let highest = held;
  for (const epoch of heard) if (epoch > highest && epoch <= held + EPOCH_REACH) highest = epoch;
  return highest;
}
