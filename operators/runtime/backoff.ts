/** How long tries wait for each other: doubling from `first` to `most`, both in milliseconds. */
export interface Backoff {
  readonly first: number;
  readonly most: number;
}

/** Waits between tries of an API server that does not answer, or refuses. */
export const API_BACKOFF: Backoff = { first: 1_000, most: 30_000 };

/**
 * Wait before the next try after so many failures in a row (1 or more), in milliseconds: between half of the doubled time
 * and all of it, so that many who failed together do not come back together.
 * @param random from 0 up to 1, as `Math.random`
 */
export function backoffDelay({ first, most }: Backoff, failures: number, random: () => number): number {
  const full = Math.min(most, first * 2 ** (failures - 1));
  return (full * (1 + random())) / 2;
}
