import type { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { textSchema, writtenAs } from './text-schema.ts';

const ALLOWED = 'a whole number of B, KiB, MiB, GiB, TiB or PiB below 8 PB, such as 500GiB';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/**
 * So many digits that every text that fits is below 2^53 bytes, which a number holds exactly; and every size below
 * {@link LIMIT} fits, in whatever unit it is written.
 */
const PATTERN =
  /^([0-7]?[0-9]{1,15}B|[0-7]?[0-9]{1,12}KiB|[0-7]?[0-9]{1,9}MiB|[0-7]?[0-9]{1,6}GiB|[0-7]?[0-9]{1,3}TiB|[0-7]PiB)$/;

/** Sizes are below 8 PB. */
const LIMIT = 8e15;

/** An amount of data in bytes. Binary units only: 1 KiB = 1024 B. */
export class Size {
  readonly bytes: number;

  private constructor(bytes: number) {
    this.bytes = bytes;
  }

  /** @throws RangeError when negative, not whole, or 8 PB and more */
  static bytes(count: number): Size {
    if (!Number.isInteger(count) || count < 0 || count >= LIMIT) {
      throw new RangeError(`size of ${count} bytes: use a whole number from 0 to below 8 PB`);
    }
    return new Size(count);
  }

  static gibibytes(count: number): Size {
    return Size.bytes(Math.round(count * 1024 ** 3));
  }

  /** Reads `500GiB`. @throws InvalidValueError */
  static parse(text: string): Size {
    if (!PATTERN.test(text)) throw new InvalidValueError('size', text, ALLOWED);
    const exponent = UNITS.findIndex((unit) => text.replace(/^[0-9]+/, '') === unit);
    return new Size(Number.parseInt(text, 10) * 1024 ** exponent);
  }

  /** Largest unit that shows it exactly: `1536MiB`. */
  toString(): string {
    let count = this.bytes;
    let exponent = 0;
    while (count > 0 && count % 1024 === 0 && exponent < UNITS.length - 1) {
      count /= 1024;
      exponent += 1;
    }
    return `${count}${UNITS[exponent] ?? 'B'}`;
  }
}

/** Schema of a size at the edge: a string such as `500GiB`. */
export function sizeSchema(): z.ZodString {
  return writtenAs(textSchema(PATTERN, ALLOWED, 20), 'Size in B, KiB, MiB, GiB, TiB, PiB, such as `500GiB`.');
}
