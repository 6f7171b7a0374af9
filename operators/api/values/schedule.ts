import { Cron } from 'croner';
import { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { boundedText } from './text-schema.ts';

const CRON_ALLOWED = 'five cron fields (minute hour day month weekday), such as "0 */6 * * *"';
/** Cron's fields with their smallest and largest number. */
const FIELDS = [
  ['a minute', 0, 59],
  ['an hour', 0, 23],
  ['a day of the month', 1, 31],
  ['a month', 1, 12],
  ['a day of the week', 0, 7],
] as const;

/** In milliseconds. Calendars repeat within it, but for leap years that are left out. */
const TEN_YEARS = 3653 * 86_400_000;

const ZONE_ALLOWED = 'an IANA time zone such as Asia/Shanghai';

/** Schema of a schedule: five cron fields and the zone in which they are meant, always stated. */
export const scheduleSchema = z
  .strictObject({
    cron: boundedText(120).min(9).meta({
      description:
        'Five cron fields: minute, hour, day of month, month, day of week. `L` as day of month is its last day. Six fields (seconds) are refused.',
    }),
    timeZone: boundedText(64)
      .min(1)
      .meta({ description: 'IANA time zone in which the fields are meant, such as `Asia/Shanghai`.' }),
  })
  .meta({ description: 'When something is due, by the calendar of a stated time zone.' });

/** A schedule as written. */
export type ScheduleSpec = z.infer<typeof scheduleSchema>;

/** Instants at which something is due. A pure function of calendar and zone: it starts no timer. */
export class Schedule {
  readonly #cron: Cron;

  private constructor(cron: Cron) {
    this.#cron = cron;
  }

  /** @throws InvalidValueError for other than five fields, an unknown zone, or fields that never come due (31 February) */
  static parse(spec: ScheduleSpec): Schedule {
    const fields = spec.cron.trim().split(/\s+/);
    if (fields.length !== FIELDS.length) throw new InvalidValueError('cron', spec.cron, CRON_ALLOWED);
    refuseOutOfRange(spec.cron, fields);
    if (!isTimeZone(spec.timeZone)) throw new InvalidValueError('time zone', spec.timeZone, ZONE_ALLOWED);
    let cron: Cron;
    try {
      cron = new Cron(spec.cron, { timezone: spec.timeZone, paused: true });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new InvalidValueError('cron', spec.cron, `${CRON_ALLOWED} (${reason})`);
    }
    if (cron.nextRun(new Date(0)) === null) {
      throw new InvalidValueError('cron', spec.cron, 'a date that exists: this one never comes');
    }
    return new Schedule(cron);
  }

  /** The first instant after `instant` at which it is due. */
  next(instant: Date): Date {
    const next = this.#cron.nextRun(instant);
    // parse() has refused schedules that never come due, and the calendar has no end.
    if (next === null) throw new RangeError(`no instant after ${instant.toISOString()}`);
    return next;
  }

  /**
   * The longest time between two consecutive instants after `from`, in milliseconds: among the next `count`, and
   * among those of ten years where they are rare (29 February).
   */
  longestInterval(from: Date, count = 400): number {
    let longest = 0;
    let last = this.next(from);
    for (let index = 0; index < count && last.getTime() - from.getTime() < TEN_YEARS; index += 1) {
      const next = this.next(last);
      longest = Math.max(longest, next.getTime() - last.getTime());
      last = next;
    }
    return longest;
  }
}

/** The library refuses these too, but counts days and months from 0 in what it says. */
function refuseOutOfRange(cron: string, fields: readonly string[]): void {
  FIELDS.forEach(([name, first, last], index) => {
    const withoutSteps = fields[index]?.replaceAll(/\/[0-9]+/g, '') ?? '';
    for (const [number] of withoutSteps.matchAll(/[0-9]+/g)) {
      if (Number(number) >= first && Number(number) <= last) continue;
      throw new InvalidValueError('cron', cron, `${name} from ${first} to ${last}, not ${number}`);
    }
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets such as +08:00 are accepted by Intl, but they are no zone: they carry no calendar.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
