/** A timer that can be called off; calling it off twice, or after it has fired, does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * Where time comes from. Nothing in the operator reads the machine's clock by itself, so that a test moves time by hand
 * and a simulated week takes a second.
 */
export interface Clock {
  /** Wall-clock time, in milliseconds since 1970: what is written down. It may jump. */
  now(): number;
  /** Milliseconds since some moment, never going back: what waits and deadlines are measured by. */
  elapsed(): number;
  /** Calls back once, not before `milliseconds` have passed; longer than {@link LONGEST_TIMER} is refused. */
  after(milliseconds: number, call: () => void): Timer;
}

/** Longest wait that Node's timers keep; a longer one fires at once (2^31 − 1 ms, 24.8 days). */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** The clocks and timers of this machine. Its timers do not keep a process alive that has nothing else to do. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (milliseconds, call) => {
    if (milliseconds > LONGEST_TIMER)
      throw new RangeError(`a timer of ${milliseconds} ms would fire at once`);
    const timer = setTimeout(call, milliseconds).unref();
    return {
      cancel: () => {
        clearTimeout(timer);
      },
    };
  },
};
