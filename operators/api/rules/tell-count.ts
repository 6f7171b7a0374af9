/** Counts as people write them: `exactly 1`, `at least 1`, `1 to 3`. */
export function tellCount(atLeast: number, atMost: number | undefined): string {
  if (atMost === undefined) return `at least ${atLeast}`;
  return atLeast === atMost ? `exactly ${atLeast}` : `${atLeast} to ${atMost}`;
}
