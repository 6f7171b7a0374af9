import type { Clock, Timer } from '../clock.ts';
import { TokenBucket, type Rate } from '../token-bucket.ts';

/** Lets calls through at a rate, in the order they came. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #bucket: TokenBucket;
  /** In the order they came. */
  readonly #waiting = new Set<() => void>();
  #timer: Timer | undefined;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#bucket = new TokenBucket(rate, clock.elapsed());
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
    for (const go of this.#waiting) {
      if (!this.#bucket.take(now)) break;
      this.#waiting.delete(go);
      go();
    }
    if (this.#waiting.size === 0 || this.#timer !== undefined) return;
    this.#timer = this.#clock.after(this.#bucket.untilNext(now), () => {
      this.#timer = undefined;
      this.#letThrough();
    });
  }
}
