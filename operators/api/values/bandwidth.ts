import type { z } from 'zod';
import { Duration } from './duration.ts';
import { InvalidValueError } from './invalid-value.ts';
import type { Size } from './size.ts';
import { textSchema, writtenAs } from './text-schema.ts';

const ALLOWED = 'a whole number of kbit, Mbit or Gbit per second, such as 200Mbit';

/** Line rates are decimal: 1 kbit/s = 1000 bit/s. */
const UNITS = { kbit: 1e3, Mbit: 1e6, Gbit: 1e9 } as const;

/** Up to 1 Pbit/s, in whatever unit: exact as a number of bits. */
const PATTERN = /^([1-9][0-9]{0,11}kbit|[1-9][0-9]{0,8}Mbit|[1-9][0-9]{0,5}Gbit)$/;

/** The rate of a line in bits per second. */
export class Bandwidth {
  readonly bitsPerSecond: number;

  private constructor(bitsPerSecond: number) {
    this.bitsPerSecond = bitsPerSecond;
  }

  /** Rounded to whole kbit/s. @throws RangeError unless there is one at least, and less than 1 Pbit/s */
  static megabits(count: number): Bandwidth {
    const kilobits = Math.round(count * 1000);
    if (!(kilobits >= 1 && kilobits < 1e12)) {
      throw new RangeError(`bandwidth of ${count} Mbit/s: use 0.001 to below 1000000000`);
    }
    return new Bandwidth(kilobits * UNITS.kbit);
  }

  /** Reads `200Mbit`. @throws InvalidValueError */
  static parse(text: string): Bandwidth {
    const unit = text.replace(/^[0-9]+/, '');
    if (!PATTERN.test(text) || !isUnit(unit)) throw new InvalidValueError('bandwidth', text, ALLOWED);
    return new Bandwidth(Number.parseInt(text, 10) * UNITS[unit]);
  }

  /**
   * How long the line needs for that much data.
   * @param efficiency usable share of the line rate, 0 to 1 (protocol overhead, other traffic)
   */
  transferTime(size: Size, efficiency: number): Duration {
    return Duration.seconds((size.bytes * 8) / (this.bitsPerSecond * efficiency));
  }

  toString(): string {
    const unit =
      (['Gbit', 'Mbit', 'kbit'] as const).find((name) => this.bitsPerSecond % UNITS[name] === 0) ?? 'kbit';
    return `${this.bitsPerSecond / UNITS[unit]}${unit}`;
  }
}

function isUnit(text: string): text is keyof typeof UNITS {
  return Object.hasOwn(UNITS, text);
}

/** Schema of a bandwidth at the edge: a string such as `200Mbit`. */
export function bandwidthSchema(): z.ZodString {
  return writtenAs(
    textSchema(PATTERN, ALLOWED, 20),
    'Rate per second in kbit, Mbit, Gbit, such as `200Mbit`.',
  );
}
