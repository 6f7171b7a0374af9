/** How fast things may follow each other. */
export interface Rate {
  /** How many a second in the long run. */
  readonly perSecond: number;
  /** How many at once after a rest. */
  readonly burst: number;
}

/** Lets a burst through, and then as many as the rate says. Moments are milliseconds by `Clock.elapsed`. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #filledAt: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = now;
  }

  /** Whether one more may pass now; it then has. */
  take(now: number): boolean {
    this.#fill(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Milliseconds until one more may pass; 0: now. */
  untilNext(now: number): number {
    this.#fill(now);
    return Math.ceil((Math.max(0, 1 - this.#tokens) / this.#rate.perSecond) * 1_000);
  }

  /** Whether it is as if nothing had passed yet. */
  isFull(now: number): boolean {
    this.#fill(now);
    return this.#tokens >= this.#rate.burst;
  }

  #fill(now: number): void {
    const { perSecond, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1_000) * perSecond);
    this.#filledAt = now;
  }
}
