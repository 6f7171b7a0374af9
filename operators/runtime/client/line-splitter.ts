const NEWLINE = 0x0a;

/** Cuts a stream of bytes into lines. A character split between two chunks stays whole, because lines are cut as bytes. */
export class LineSplitter {
  readonly #limit: number;
  #begun: Buffer[] = [];
  #length = 0;

  /** @param limit longest line, in bytes: more than that is no event, and would fill the memory */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Bytes of a line that has begun and not ended. */
  get pending(): number {
    return this.#length;
  }

  /** Lines that end in this chunk, without empty ones. @throws RangeError for a line beyond the limit */
  *write(chunk: Buffer): Generator<string, void> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#take(chunk.subarray(start, end));
      start = end + 1;
      const line = this.#begun.length === 1 ? this.#begun[0] : Buffer.concat(this.#begun);
      this.#begun = [];
      this.#length = 0;
      if (line !== undefined && line.length > 0) yield line.toString();
    }
    this.#take(chunk.subarray(start));
  }

  #take(part: Buffer): void {
    if (part.length === 0) return;
    this.#length += part.length;
    if (this.#length > this.#limit) throw new RangeError(`a line is longer than ${this.#limit} bytes`);
    this.#begun.push(part);
  }
}
