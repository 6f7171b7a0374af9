import { setImmediate } from 'node:timers/promises';

/** Series that are written before anything else may run: about a millisecond's worth. */
const SERIES_PER_TURN = 1_000;

/** Lets the rest of the program run while a long page is rendered: a Lease has to be renewed meanwhile. */
export class Turns {
  #series = 0;

  /** Counts series that were written. True: enough have come together, and {@link pass} is to be awaited. */
  written(series: number): boolean {
    this.#series += series;
    return this.#series >= SERIES_PER_TURN;
  }

  /** Passes one turn of the event loop, in which timers and sockets are served. */
  async pass(): Promise<void> {
    this.#series = 0;
    await setImmediate();
  }
}
