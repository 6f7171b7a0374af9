import type { Clock, Timer } from '../clock.ts';

/**
 * Ends something when its time is up or its caller gives up, whichever is first. Whoever makes one calls {@link end}
 * in a `finally`: the caller's signal may live as long as the process, and must not keep every call it ever saw.
 */
export class Deadline {
  /** Aborted when either happens. */
  readonly signal: AbortSignal;
  readonly #clock: Clock;
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #giveUp = (): void => {
    this.#controller.abort(this.#caller?.reason);
  };
  #milliseconds: number;
  #timer: Timer;
  #passed = false;

  constructor(clock: Clock, milliseconds: number, caller?: AbortSignal) {
    this.#clock = clock;
    this.#milliseconds = milliseconds;
    this.#caller = caller;
    this.signal = this.#controller.signal;
    this.#timer = this.#start();
    if (caller?.aborted === true) this.#giveUp();
    else caller?.addEventListener('abort', this.#giveUp);
  }

  /** Whether the time was up, which tells it from a caller that gave up. */
  get passed(): boolean {
    return this.#passed;
  }

  /** How long it was given last, in milliseconds. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** Gives it so much time from now. */
  extend(milliseconds: number): void {
    this.#timer.cancel();
    this.#milliseconds = milliseconds;
    this.#timer = this.#start();
  }

  /** It is over; nothing is aborted any more. */
  end(): void {
    this.#timer.cancel();
    this.#caller?.removeEventListener('abort', this.#giveUp);
  }

  #start(): Timer {
    return this.#clock.after(this.#milliseconds, () => {
      this.#passed = true;
      this.#controller.abort();
    });
  }
}
