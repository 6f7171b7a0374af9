import type { Clock, Timer } from '../../clock.ts';

/** How one machine's clocks differ from true time. */
export interface ClockError {
  /** Seconds that it counts in one true second: 1.05 is five percent fast. */
  readonly rate: number;
  /** How far its wall clock is off, in milliseconds. */
  readonly offset: number;
}

/**
 * The clocks of one machine, off by an error from those of the world, and an event loop that can be blocked: time goes on,
 * and no timer fires until the block is over.
 */
export class LocalClock implements Clock {
  readonly #world: Clock;
  readonly #error: ClockError;
  #blockedUntil = 0;

  constructor(world: Clock, error: ClockError = { rate: 1, offset: 0 }) {
    this.#world = world;
    this.#error = error;
  }

  now(): number {
    return this.#world.now() + this.#error.offset;
  }

  elapsed(): number {
    return this.#world.elapsed() * this.#error.rate;
  }

  after(milliseconds: number, call: () => void): Timer {
    let timer: Timer;
    const fire = (): void => {
      const blocked = this.#blockedUntil - this.#world.elapsed();
      if (blocked > 0) timer = this.#world.after(blocked, fire);
      else call();
    };
    timer = this.#world.after(milliseconds / this.#error.rate, fire);
    return {
      cancel: () => {
        timer.cancel();
      },
    };
  }

  /** Nothing runs on this machine for so many milliseconds of true time. */
  block(milliseconds: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#world.elapsed() + milliseconds);
  }
}
