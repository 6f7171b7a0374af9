import type { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { textSchema } from './text-schema.ts';

const ALLOWED = 'a whole number of B, KiB, MiB, GiB, TiB or PiB, such as 500GiB';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

const PATTERN = /^([0-9]{1,15})(B|KiB|MiB|GiB|TiB|PiB)$/;

/** An amount of data in bytes. Binary units only: 1 KiB = 1024 B. */
export class Size {
  readonly bytes: number;

  private constructor(bytes: number) {
    this.bytes = bytes;
  }

  /** @throws RangeError when negative or beyond what a number holds exactly (8 PiB) */
  static bytes(count: number): Size {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new RangeError(`size of ${count} bytes: use 0 to 8 PiB`);
    return new Size(count);
  }

  static gibibytes(count: number): Size {
    return Size.bytes(Math.round(count * 1024 ** 3));
  }

  /** Reads `500GiB`. @throws InvalidValueError also when it is too large to be counted exactly */
  static parse(text: string): Size {
    const match = PATTERN.exec(text);
    const exponent = UNITS.findIndex((unit) => unit === match?.[2]);
    const bytes = Number.parseInt(match?.[1] ?? '', 10) * 1024 ** exponent;
    if (match === null || !Number.isSafeInteger(bytes)) throw new InvalidValueError('size', text, ALLOWED);
    return new Size(bytes);
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
  return textSchema(PATTERN, ALLOWED, 20);
}
