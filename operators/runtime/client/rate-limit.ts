import type { Clock, Timer } from '../clock.ts';

/** How fast calls may follow each other. */
export interface Rate {
  /** Calls a second in the long run. */
  readonly perSecond: number;
  /** Calls that may be made at once after a rest. */
  readonly burst: number;
}

/** Lets calls through at a rate, in the order they came (a token bucket). */
export class RateLimit {
  readonly #clock: Clock;
  readonly #rate: Rate;
  /** In the order they came. */
  readonly #waiting = new Set<() => void>();
  #tokens: number;
  #filledAt: number;
  #timer: Timer | undefined;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#filledAt = clock.elapsed();
  }

  /** Calls that wait for their turn. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Resolves when it is the caller's turn; rejects with the signal's reason when it gives up before. */
  take(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      // Always an error: AbortController makes one where it is given none, and we give nothing else.
      const giveUp = (): void => {
        this.#waiting.delete(go);
        reject(signal.reason as Error);
      };
      const go = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      if (signal.aborted) {
        giveUp();
        return;
      }
      signal.addEventListener('abort', giveUp);
      this.#waiting.add(go);
      this.#letThrough();
    });
  }

  #letThrough(): void {
    const now = this.#clock.elapsed();
    const { perSecond, burst } = this.#rate;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1_000) * perSecond);
    this.#filledAt = now;
    for (const go of this.#waiting) {
      if (this.#tokens < 1) break;
      this.#tokens -= 1;
      this.#waiting.delete(go);
      go();
    }
    if (this.#waiting.size === 0 || this.#timer !== undefined) return;
    const missing = Math.ceil(((1 - this.#tokens) / perSecond) * 1_000);
    this.#timer = this.#clock.after(missing, () => {
      this.#timer = undefined;
      this.#letThrough();
    });
  }
}
