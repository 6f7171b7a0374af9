import { Transform, type TransformCallback } from 'node:stream';

/** Bytes that may be under way in one direction of one connection; more waits at the sender. */
const MOST_UNDER_WAY = 16 * 1024 * 1024;

/** Passes on what comes in, in order and whole, but each piece a fixed time later: one direction of a long line. */
export class DelayLine extends Transform {
  readonly #milliseconds: number;
  #underWay = 0;
  /** Set while the sender waits for room. */
  #resume: TransformCallback | undefined;

  /** @param milliseconds at least this long; a timer may be up to a millisecond early, so one is added */
  constructor(milliseconds: number) {
    super({ highWaterMark: MOST_UNDER_WAY });
    this.#milliseconds = Math.ceil(milliseconds) + 1;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#underWay += chunk.byteLength;
    // Timers of equal length fire in the order in which they were set.
    setTimeout(() => {
      this.push(chunk);
      this.#underWay -= chunk.byteLength;
      const resume = this.#resume;
      this.#resume = undefined;
      resume?.();
    }, this.#milliseconds);
    if (this.#underWay < MOST_UNDER_WAY) done();
    else this.#resume = done;
  }

  override _flush(done: TransformCallback): void {
    setTimeout(done, this.#milliseconds);
  }
}
