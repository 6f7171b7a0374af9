/** Allowed counts as people write them: `exactly 1`, `at least 1`, `at most 1`, `2 to 3`. */
export function tellAllowed(atLeast: number, atMost: number | undefined): string {
  if (atMost === undefined) return `at least ${atLeast}`;
  if (atLeast === atMost) return `exactly ${atLeast}`;
  return atLeast === 0 ? `at most ${atMost}` : `${atLeast} to ${atMost}`;
}

/** A counted noun: `no centre`, `1 centre`, `2 centres`. */
export function tellCount(count: number, noun: string): string {
  if (count === 0) return `no ${noun}`;
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
