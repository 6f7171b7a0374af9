import type { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { textSchema, writtenAs } from './text-schema.ts';

const ALLOWED = 'whole numbers with the units d, h, m, s or ms, largest first, such as 15m, 1h30m or 500ms';

/** A day is 24 hours: what follows the calendar is a cron schedule, not a duration. */
const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

const PATTERN = /^([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,8}s)?([0-9]{1,9}ms)?$/;

/** Longest duration: what six digits of days can say. */
const MAX_MILLISECONDS = 999_999 * 86_400_000;

/** A length of time in whole milliseconds, from nothing to 999999 days. */
export class Duration {
  readonly milliseconds: number;

  private constructor(milliseconds: number) {
    this.milliseconds = milliseconds;
  }

  /** @throws RangeError when negative, longer than 999999 days, or no number */
  static milliseconds(count: number): Duration {
    if (!(count >= 0 && count <= MAX_MILLISECONDS)) {
      throw new RangeError(`duration of ${count} ms: use 0 to ${MAX_MILLISECONDS} (999999 days)`);
    }
    return new Duration(Math.round(count));
  }

  static seconds(count: number): Duration {
    return Duration.milliseconds(count * 1000);
  }

  static minutes(count: number): Duration {
    return Duration.milliseconds(count * 60_000);
  }

  static hours(count: number): Duration {
    return Duration.milliseconds(count * 3_600_000);
  }

  static days(count: number): Duration {
    return Duration.milliseconds(count * 86_400_000);
  }

  /** Reads `1h30m`. @throws InvalidValueError */
  static parse(text: string): Duration {
    const match = text === '' ? null : PATTERN.exec(text);
    if (match === null) throw new InvalidValueError('duration', text, ALLOWED);
    let total = 0;
    UNITS.forEach(([, factor], index) => {
      total += Number.parseInt(match[index + 1] ?? '0', 10) * factor;
    });
    if (total > MAX_MILLISECONDS) throw new InvalidValueError('duration', text, 'at most 999999d');
    return new Duration(total);
  }

  get seconds(): number {
    return this.milliseconds / 1000;
  }

  /** Shortest exact form: `1h30m`; `0s` for nothing. */
  toString(): string {
    let rest = this.milliseconds;
    let text = '';
    for (const [unit, factor] of UNITS) {
      const count = Math.floor(rest / factor);
      rest -= count * factor;
      if (count > 0) text += `${count}${unit}`;
    }
    return text === '' ? '0s' : text;
  }
}

/** Schema of a duration at the edge: a string such as `15m`. */
export function durationSchema(): z.ZodString {
  const schema = textSchema(PATTERN, ALLOWED, 40).min(1, `use ${ALLOWED}`);
  return writtenAs(schema, 'Duration in d, h, m, s, ms, such as `1h30m`.');
}
