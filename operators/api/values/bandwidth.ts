import type { z } from 'zod';
import { Duration } from './duration.ts';
import { InvalidValueError } from './invalid-value.ts';
import type { Size } from './size.ts';
import { textSchema } from './text-schema.ts';

const ALLOWED = 'a whole number of kbit, Mbit or Gbit per second, such as 200Mbit';

/** Line rates are decimal: 1 kbit/s = 1000 bit/s. */
const UNITS = { kbit: 1e3, Mbit: 1e6, Gbit: 1e9 } as const;

const PATTERN = /^([1-9][0-9]{0,8})(kbit|Mbit|Gbit)$/;

/** The rate of a line in bits per second. */
export class Bandwidth {
  readonly bitsPerSecond: number;

  private constructor(bitsPerSecond: number) {
    this.bitsPerSecond = bitsPerSecond;
  }

  static megabits(count: number): Bandwidth {
    return new Bandwidth(count * UNITS.Mbit);
  }

  /** Reads `200Mbit`. @throws InvalidValueError */
  static parse(text: string): Bandwidth {
    const match = PATTERN.exec(text);
    const unit = match?.[2];
    if (match === null || !isUnit(unit)) throw new InvalidValueError('bandwidth', text, ALLOWED);
    return new Bandwidth(Number.parseInt(match[1] ?? '', 10) * UNITS[unit]);
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

function isUnit(text: string | undefined): text is keyof typeof UNITS {
  return text !== undefined && text in UNITS;
}

/** Schema of a bandwidth at the edge: a string such as `200Mbit`. */
export function bandwidthSchema(): z.ZodString {
  return textSchema(PATTERN, ALLOWED, 20);
}
