import type { SeededRandom } from './seeded-random.ts';

/** How likely it is that things go wrong: probabilities from 0 to 1, times in milliseconds. */
export interface Weather {
  /** A request never arrives. */
  readonly requestLost: number;
  /** A request is served, and its answer never arrives. */
  readonly answerLost: number;
  /** The server refuses: it is overloaded, or has an error of its own. */
  readonly refused: number;
  /** One way takes long, up to {@link SLOWEST}. */
  readonly slow: number;
  /** A watch breaks at one of its events. */
  readonly watchBreaks: number;
  /** A watch goes silent at one of its events, and nobody is told. */
  readonly watchSilent: number;
}

/** Nothing goes wrong. */
export const CALM: Weather = {
  requestLost: 0,
  answerLost: 0,
  refused: 0,
  slow: 0,
  watchBreaks: 0,
  watchSilent: 0,
};

/**
 * Longest that one way takes. A leader believes in its lease for 10 s, and nobody else takes it before 15 s: a write that
 * is under way for longer than the 5 s between could land in another's term, against which only the server could help.
 */
export const SLOWEST = 4_000;

/** What becomes of one request. */
export interface Journey {
  readonly there: number;
  readonly back: number;
  readonly lost?: 'request' | 'answer' | undefined;
  /** HTTP status with which it is refused. */
  readonly refused?: number | undefined;
}

/** The journey of one request in some weather. */
export function journeyIn(weather: Weather, random: SeededRandom): Journey {
  const way = (): number =>
    random.chance(weather.slow) ? random.between(50, SLOWEST) : random.between(1, 10);
  const fate = random.next();
  const { requestLost, answerLost, refused } = weather;
  const times = { there: way(), back: way() };
  if (fate < requestLost) return { ...times, lost: 'request' };
  if (fate < requestLost + answerLost) return { ...times, lost: 'answer' };
  if (fate < requestLost + answerLost + refused) return { ...times, refused: random.pick([429, 500, 503]) };
  return times;
}

/** Weather of some storminess, different in every world. */
export function stormIn(random: SeededRandom): Weather {
  const upTo = (most: number): number => (random.chance(0.5) ? 0 : random.between(0, most));
  return {
    requestLost: upTo(0.1),
    answerLost: upTo(0.15),
    refused: upTo(0.2),
    slow: upTo(0.3),
    watchBreaks: upTo(0.2),
    watchSilent: upTo(0.05),
  };
}
