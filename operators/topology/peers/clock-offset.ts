/** How far a peer's clock is ahead of ours, in milliseconds, as far as it is known: somewhere between the two. */
export interface ClockOffset {
  readonly least: number;
  readonly most: number;
}

/** Servers tell the time of an answer in whole seconds, cut off. */
const RESOLUTION = 1_000;

/** Three hundred years, in milliseconds. */
const CENTURIES = 9.5e12;

/**
 * By how much clocks may differ before it is told, in milliseconds. Our own choice: far above what kept clocks differ by, far
 * below what the deadlines of claims and the lives of certificates forgive.
 */
export const CLOCK_TOLERANCE = 2_000;

/**
 * The offsets that fit one answer: it was made at some moment between request and answer, and at some moment of the second
 * that it tells. Undefined where the header is missing or no date.
 * @param sentAt our wall-clock time at the request, in milliseconds
 * @param roundTrip in milliseconds, by a clock that does not jump
 * @param date the header `Date` of the answer
 */
export function offsetOf(
  sentAt: number,
  roundTrip: number,
  date: string | undefined,
): ClockOffset | undefined {
  const told = Date.parse(date ?? '');
  // A year that no server's clock can tell is no time.
  if (Number.isNaN(told) || Math.abs(told - sentAt) > CENTURIES) return undefined;
  return { least: told - (sentAt + roundTrip), most: told + RESOLUTION - sentAt };
}

/**
 * The offsets that fit all samples: each second is told at another moment of ours, so a dozen samples narrow a second to about
 * a tenth. Where samples exclude each other a clock was set meanwhile, and only those after that count.
 * @param samples the oldest first
 */
export function intersectOffsets(samples: readonly ClockOffset[]): ClockOffset | undefined {
  let known: ClockOffset | undefined;
  for (const sample of samples.toReversed()) {
    const least = Math.max(sample.least, known?.least ?? -Infinity);
    const most = Math.min(sample.most, known?.most ?? Infinity);
    if (least > most) break;
    known = { least, most };
  }
  return known;
}

/** Whether the clocks agree. What is not known does not. */
export function judgeClock(offset: ClockOffset | undefined): 'Agrees' | 'Differs' | 'Unknown' {
  if (offset === undefined) return 'Unknown';
  return offset.least > CLOCK_TOLERANCE || offset.most < -CLOCK_TOLERANCE ? 'Differs' : 'Agrees';
}
