import { LONGEST_TIMER, type Clock, type Timer } from '../clock.ts';

/** Where a manual clock begins unless told otherwise: a moment that is in no time zone's odd hour. */
export const BEGINNING = Date.UTC(2026, 10, 23, 4);

interface Pending {
  readonly due: number;
  /** Order of starting: of two timers due at one moment, the earlier started fires first. */
  readonly order: number;
  readonly call: () => void;
}

/**
 * A clock that a test moves by hand. Timers fire in order of time, each at its own moment, also those that other timers
 * start meanwhile; a callback that throws throws out of whoever moved the clock.
 */
export class ManualClock implements Clock {
  #wall: number;
  #elapsed = 0;
  #started = 0;
  readonly #pending = new Set<Pending>();

  /** @param start wall-clock time at the beginning, in milliseconds since 1970 */
  constructor(start = BEGINNING) {
    this.#wall = start;
  }

  now(): number {
    return this.#wall;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  after(milliseconds: number, call: () => void): Timer {
    if (milliseconds > LONGEST_TIMER)
      throw new RangeError(`a timer of ${milliseconds} ms would fire at once`);
    const timer: Pending = { due: this.#elapsed + Math.max(0, milliseconds), order: this.#started++, call };
    this.#pending.add(timer);
    return { cancel: () => void this.#pending.delete(timer) };
  }

  /** How many timers have neither fired nor been called off: what a test of a clean end looks at. */
  get timers(): number {
    return this.#pending.size;
  }

  /** Milliseconds until the next timer is due; undefined where none is. */
  get untilNext(): number | undefined {
    const next = this.#next();
    return next && next.due - this.#elapsed;
  }

  /** Moves time to the next timer and fires it alone, also of several that are due together. */
  step(): void {
    const next = this.#next();
    if (next !== undefined) this.#fire(next);
  }

  /** Moves time on and fires what comes due, without letting promises run in between. */
  advance(milliseconds: number): void {
    const end = this.#elapsed + milliseconds;
    for (let next = this.#next(); next !== undefined && next.due <= end; next = this.#next())
      this.#fire(next);
    this.#moveTo(end);
  }

  /** Like {@link advance}, and lets promises and what they start come to rest before the first and after every timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.#elapsed + milliseconds;
    await rest();
    for (let next = this.#next(); next !== undefined && next.due <= end; next = this.#next()) {
      this.#fire(next);
      await rest();
    }
    this.#moveTo(end);
    await rest();
  }

  /** The wall clock is set by so much, forwards or back; waits and deadlines do not notice. */
  setWallClock(by: number): void {
    this.#wall += by;
  }

  #next(): Pending | undefined {
    let first: Pending | undefined;
    for (const timer of this.#pending) {
      if (
        first === undefined ||
        timer.due < first.due ||
        (timer.due === first.due && timer.order < first.order)
      )
        first = timer;
    }
    return first;
  }

  #fire(timer: Pending): void {
    this.#pending.delete(timer);
    this.#moveTo(Math.max(timer.due, this.#elapsed));
    timer.call();
  }

  #moveTo(elapsed: number): void {
    this.#wall += elapsed - this.#elapsed;
    this.#elapsed = elapsed;
  }
}

/** A turn of the event loop, before which every promise that can go on has gone on. */
function rest(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
