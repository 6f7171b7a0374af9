import type { Clock, Timer } from '../clock.ts';
import { OperatorError } from '../errors/retry.ts';

/**
 * This process no longer leads. Its work has been aborted, and the process must end: what it knew was true under a lease
 * that somebody else may hold now.
 */
export class LeadershipLostError extends OperatorError {
  static readonly code = 'ZB-RUN-001';

  /** @param why a sentence, and what to do about it */
  constructor(why: string) {
    super(LeadershipLostError.code, `leadership lost: ${why}`, { kind: 'backoff' });
  }
}

/**
 * The time for which this process may believe that it leads: from when it *sent* the request that last renewed the lease,
 * for the renew deadline. Candidates wait longer, and count from when they *see* the renewal, which is later.
 *
 * Two things end it: the timer, and every look at {@link leading}, because after a block of the event loop anything may run
 * before the timer does. Once over it is over; a renewal that arrives late does not bring it back.
 */
export class Term {
  /** Aborted when the term is over, with what ended it: a {@link LeadershipLostError} unless the leader stepped down. */
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #deadline: number;
  readonly #controller = new AbortController();
  #renewed: Moment;
  #timer: Timer;

  /** @param sent when the request that acquired the lease was sent */
  constructor(clock: Clock, deadline: number, sent: Moment) {
    this.#clock = clock;
    this.#deadline = deadline;
    this.#renewed = sent;
    this.signal = this.#controller.signal;
    this.#timer = this.#watch();
  }

  /** Whether this process may act as leader, at this very moment. */
  get leading(): boolean {
    if (!this.signal.aborted && this.remaining <= 0) this.#lapse();
    return !this.signal.aborted;
  }

  /** Milliseconds until the term ends unless it is renewed. */
  get remaining(): number {
    return this.#deadline - passedSince(this.#renewed, momentOf(this.#clock));
  }

  /** The lease was renewed by a request sent then. Too late a renewal changes nothing. */
  renew(sent: Moment): void {
    if (!this.leading) return;
    this.#renewed = sent;
    this.#timer.cancel();
    this.#timer = this.#watch();
  }

  /** Ends the term now. */
  end(reason: Error): void {
    this.#timer.cancel();
    if (!this.signal.aborted) this.#controller.abort(reason);
  }

  #watch(): Timer {
    return this.#clock.after(Math.max(0, this.remaining), () => {
      // Nothing was renewed meanwhile, or this timer would be cancelled.
      this.#lapse();
    });
  }

  #lapse(): void {
    const late = Math.round(-this.remaining);
    const blocked =
      late > 1000
        ? ` The event loop was blocked, or the machine stood still, for ${late} ms beyond that.`
        : '';
    this.end(
      new LeadershipLostError(
        `the lease could not be renewed for ${this.#deadline} ms.${blocked} The process ends and starts anew; if it happens again, look at the API server, the link to it, and the load of this node.`,
      ),
    );
  }
}

/** A moment by both clocks of this machine, in milliseconds. */
export interface Moment {
  readonly elapsed: number;
  readonly wall: number;
}

/** The present moment. */
export function momentOf(clock: Clock): Moment {
  return { elapsed: clock.elapsed(), wall: clock.now() };
}

/**
 * Time from one moment to another. A machine that was suspended may find that only its wall clock went on, so the longer
 * counts: at worst a clock that was set forward costs one change of leader.
 */
function passedSince(from: Moment, to: Moment): number {
  return Math.max(to.elapsed - from.elapsed, to.wall - from.wall);
}
