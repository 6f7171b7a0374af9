/** How far a subject has come, as a centre knows it: what was voted for or placed. */
export interface KnownEpochs {
  /** The highest epoch that this centre has voted for or placed itself; 0 where there is none. */
  readonly held: number;
  /** The highest that each other centre says it has. */
  readonly told: readonly number[];
}

/** Epochs that were claimed of a subject, whatever became of it. */
export interface ClaimedEpochs {
  /** By this centre. It claims something once at an epoch. */
  readonly own: ReadonlySet<number>;
  /** The highest of each other centre. */
  readonly others: readonly number[];
}

/** Since when epochs are counted, and how far clocks may differ, in milliseconds. */
const BEGINNING = Date.UTC(2020, 0, 1);
const CLOCK_TOLERANCE = 5 * 60_000;

/** Epochs that are possible whatever a clock says. */
const ALWAYS_POSSIBLE = 1_000;

/**
 * The highest epoch that anybody can have come to: one for each second since 2020. Centres agree far less often, so one above it
 * was not come by honestly; believed, the highest number there is would forbid every later agreement. Somebody who wants that can
 * lead the others up to this bound and no further, and it moves on faster than votes are cast.
 * @param now wall-clock time, in milliseconds. A clock that is wrong keeps what has been led to the bound waiting for so long
 */
export function possibleEpoch(now: number): number {
  return Math.max(ALWAYS_POSSIBLE, Math.floor((now + CLOCK_TOLERANCE - BEGINNING) / 1_000));
}

/**
 * The epoch that has been reached for certain: it stands here, or two others tell it or a higher one. What one alone tells may be
 * made up, and would overtake every agreement.
 */
export function certainEpoch({ held, told }: KnownEpochs): number {
  const [, second = 0] = told.toSorted((one, other) => other - one);
  return Math.max(held, second);
}

/**
 * The epoch to claim. At first it is above everything that is believed, also what was claimed only: so two claims seldom meet. Where
 * that got no agreement it rests on what is certain, then on what single centres tell, one after the other, and begins anew. For a
 * centre that tells each of the others something else could make any one choice the wrong one.
 * @param attempt how often the same was claimed before @param now wall-clock time, in milliseconds
 */
export function nextEpoch(
  known: KnownEpochs,
  { own, others }: ClaimedEpochs,
  { attempt, now }: { readonly attempt: number; readonly now: number },
): number {
  const certain = certainEpoch(known);
  const possible = possibleEpoch(now);
  const single = [...known.told, ...others, ...own]
    .filter((epoch) => epoch > certain && epoch < possible)
    .sort((one, other) => other - one);
  const [highest = certain, ...lower] = single;
  const choices = [...new Set([highest, certain, ...lower])];
  let epoch = (choices[attempt % choices.length] ?? certain) + 1;
  while (own.has(epoch) && epoch < Number.MAX_SAFE_INTEGER) epoch += 1;
  return epoch;
}
