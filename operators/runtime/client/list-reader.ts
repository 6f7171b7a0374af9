import { LONGEST_OBJECT } from './answer-body.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Depth inside `{ "items": [`, at which one object after another begins. */
const ITEMS = 2;

/** Longest list without its items, in bytes. Those of API servers have a few hundred. */
const LONGEST_ENVELOPE = 2 ** 20;

/** So many bytes before the bracket tell whether an array is that of the items. */
const KEY = 32;

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
  #itemLength = 0;
  #envelopeLength = 0;
  #depth = 0;
  #inItems = false;
  #inString = false;
  #escaped = false;

  /** @param onItem gets each object, parsed */
  constructor(onItem: (item: unknown) => void) {
    this.#onItem = onItem;
  }

  /** Reads what has arrived. @throws SyntaxError where an item is not JSON, RangeError where nothing can be that long */
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
          this.#takeEnvelope(chunk.subarray(start, at + 1));
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
          this.#takeItem(chunk.subarray(start, at + 1));
          this.#parseItem();
          start = at + 1;
        }
      }
    }
    if (!this.#inItems) this.#takeEnvelope(chunk.subarray(start));
    else if (this.#depth > ITEMS) this.#takeItem(chunk.subarray(start));
  }

  /** What stands around the items, parsed. @throws SyntaxError where the list broke off or is not JSON */
  end(): unknown {
    return JSON.parse(Buffer.concat(this.#envelope).toString());
  }

  #takeEnvelope(part: Buffer): void {
    this.#envelope.push(part);
    this.#envelopeLength += part.length;
    if (this.#envelopeLength > LONGEST_ENVELOPE)
      throw new RangeError(`a list without its items is longer than ${LONGEST_ENVELOPE} bytes`);
  }

  #takeItem(part: Buffer): void {
    this.#item.push(part);
    this.#itemLength += part.length;
    if (this.#itemLength > LONGEST_OBJECT)
      throw new RangeError(`an item is longer than ${LONGEST_OBJECT} bytes`);
  }

  #parseItem(): void {
    const item: unknown = JSON.parse(Buffer.concat(this.#item).toString());
    this.#item = [];
    this.#itemLength = 0;
    this.#onItem(item);
  }

  /** Whether the array that has just been opened is that of the items. Only what stands before it is looked at, not all. */
  #isItems(): boolean {
    let before = Buffer.alloc(0);
    for (let last = this.#envelope.length - 1; last >= 0 && before.length < KEY; last -= 1)
      before = Buffer.concat([this.#envelope[last] ?? before, before]);
    return /"items"\s*:\s*\[$/.test(before.subarray(-KEY).toString());
  }
}
