const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Depth inside `{ "items": [`, at which one object after another begins. */
const ITEMS = 2;

/**
 * Parses the JSON of a list object by object while it arrives, so that no list, however long, is parsed in one block and
 * its text is never held as a whole. Brackets are counted over bytes; all that matters to JSON is ASCII, so characters that are
 * split between two chunks stay whole.
 */
export class ListReader {
  readonly #onItem: (item: unknown) => void;
  /** Bytes of the item that has begun. */
  #item: Buffer[] = [];
  /** Everything outside of items: a list without any. */
  #envelope: Buffer[] = [];
  #depth = 0;
  #inItems = false;
  #inString = false;
  #escaped = false;

  /** @param onItem gets each object, parsed */
  constructor(onItem: (item: unknown) => void) {
    this.#onItem = onItem;
  }

  /** Reads what has arrived. @throws SyntaxError where an item is not JSON */
  write(chunk: Buffer): void {
    /** Where that begins which is neither in an item nor in the envelope yet. */
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) this.#inString = false;
      } else if (byte === QUOTE) {
        this.#inString = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (this.#inItems && this.#depth === ITEMS) start = at;
        this.#depth += 1;
        if (byte === OPEN_ARRAY && this.#depth === ITEMS) {
          this.#envelope.push(chunk.subarray(start, at + 1));
          start = at + 1;
          this.#inItems = this.#isItems();
        }
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (this.#inItems && this.#depth === ITEMS) {
          this.#inItems = false;
          start = at;
        }
        this.#depth -= 1;
        if (this.#inItems && this.#depth === ITEMS) {
          this.#item.push(chunk.subarray(start, at + 1));
          this.#parseItem();
          start = at + 1;
        }
      }
    }
    if (!this.#inItems) this.#envelope.push(chunk.subarray(start));
    else if (this.#depth > ITEMS) this.#item.push(chunk.subarray(start));
  }

  /** What stands around the items, parsed. @throws SyntaxError where the list broke off or is not JSON */
  end(): unknown {
    return JSON.parse(Buffer.concat(this.#envelope).toString());
  }

  #parseItem(): void {
    const item: unknown = JSON.parse(Buffer.concat(this.#item).toString());
    this.#item = [];
    this.#onItem(item);
  }

  /** Whether the array that has just been opened is that of the items. */
  #isItems(): boolean {
    return /"items"\s*:\s*\[$/.test(Buffer.concat(this.#envelope).toString());
  }
}
