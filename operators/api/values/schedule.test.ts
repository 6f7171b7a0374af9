import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Schedule } from './schedule.ts';

const SHANGHAI = 'Asia/Shanghai';
const NEW_YORK = 'America/New_York';

/** The next `count` instants at which it is due. */
function instants(cron: string, timeZone: string, from: string, count: number): string[] {
  const schedule = Schedule.parse({ cron, timeZone });
  const found: string[] = [];
  let last = new Date(from);
  while (found.length < count) {
    last = schedule.next(last);
    found.push(last.toISOString());
  }
  return found;
}

describe('a schedule', () => {
  it('is due by the calendar of its zone', () => {
    expect(instants('0 2 * * *', SHANGHAI, '2026-01-01T00:00:00Z', 2)).toEqual([
      '2026-01-01T18:00:00.000Z',
      '2026-01-02T18:00:00.000Z',
    ]);
    expect(instants('0 2 * * *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-01T02:00:00.000Z']);
  });

  it('is not due again at the instant itself', () => {
    expect(instants('0 0 * * *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-02T00:00:00.000Z']);
    expect(instants('0 0 * * *', 'UTC', '2025-12-31T23:59:59.999Z', 1)).toEqual(['2026-01-01T00:00:00.000Z']);
  });

  it('knows the last day of the month as L, leap years included', () => {
    expect(instants('0 0 L 2 *', 'UTC', '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-02-28T00:00:00.000Z',
      '2027-02-28T00:00:00.000Z',
      '2028-02-29T00:00:00.000Z',
    ]);
  });

  it('on 29 February waits for the leap year', () => {
    expect(instants('0 0 29 2 *', 'UTC', '2026-01-01T00:00:00Z', 1)).toEqual(['2028-02-29T00:00:00.000Z']);
  });

  it('in the hour that summer time skips is due when the clock goes on', () => {
    expect(instants('30 2 * * *', NEW_YORK, '2026-03-07T12:00:00Z', 2)).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ]);
  });

  it('in the hour that winter time repeats is due once a day, and an hourly one each hour', () => {
    expect(instants('30 1 * * *', NEW_YORK, '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
    expect(instants('30 * * * *', NEW_YORK, '2026-11-01T05:00:00Z', 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
    ]);
  });

  it('says the longest time between two recovery points', () => {
    const longest = (cron: string): number =>
      Schedule.parse({ cron, timeZone: SHANGHAI }).longestInterval(new Date('2026-01-01T00:00:00Z'));
    expect(longest('0 */6 * * *')).toBe(6 * 3_600_000);
    expect(longest('0 2 * * 1-5')).toBe(72 * 3_600_000);
    expect(longest('0 0,1 * * *')).toBe(23 * 3_600_000);
  });

  it('goes on for ever, in order, and never back', () => {
    const cron = fc
      .tuple(
        fc.constantFrom('0', '*/7', '5,35'),
        fc.constantFrom('*', '3', '*/5'),
        fc.constantFrom('*', 'L', '29'),
      )
      .map(([minute, hour, day]) => `${minute} ${hour} ${day} * *`);
    const instant = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        cron,
        fc.constantFrom(SHANGHAI, NEW_YORK, 'UTC'),
        instant,
        instant,
        (text, timeZone, one, other) => {
          const schedule = Schedule.parse({ cron: text, timeZone });
          const [early, late] = one < other ? [one, other] : [other, one];
          expect(schedule.next(early).getTime()).toBeGreaterThan(early.getTime());
          expect(schedule.next(early).getTime()).toBeLessThanOrEqual(schedule.next(late).getTime());
        },
      ),
    );
  });

  const FIVE = 'use five cron fields (minute hour day month weekday), such as "0 */6 * * *"';

  it.each(['0 0 0 * * *', '0 0 * *', '@daily', '', '0 0 0 1 1 * 2027'])(
    'refuses "%s": it has not five fields',
    (cron) => {
      expect(() => Schedule.parse({ cron, timeZone: SHANGHAI })).toThrow(`cron "${cron}": ${FIVE}`);
    },
  );

  it.each([
    ['60 * * * *', 'a minute from 0 to 59, not 60'],
    ['*/5 24 * * *', 'an hour from 0 to 23, not 24'],
    ['0 0 0 * *', 'a day of the month from 1 to 31, not 0'],
    ['0 0 1,32 * *', 'a day of the month from 1 to 31, not 32'],
    ['0 0 * 13 *', 'a month from 1 to 12, not 13'],
    ['0 0 * * 1-8', 'a day of the week from 0 to 7, not 8'],
    ['0 0 * * x', `${FIVE.slice(4)} (CronPattern: configuration entry 5 (x) contains illegal characters.)`],
  ])('refuses "%s" with the reason', (cron, allowed) => {
    expect(() => Schedule.parse({ cron, timeZone: SHANGHAI })).toThrow(`cron "${cron}": use ${allowed}`);
  });

  it.each(['0 0 30 2 *', '0 0 31 4 *', '0 0 31 2,4,6,9,11 *'])(
    'refuses "%s": that date never comes',
    (cron) => {
      expect(() => Schedule.parse({ cron, timeZone: SHANGHAI })).toThrow(
        `cron "${cron}": use a date that exists: this one never comes`,
      );
    },
  );

  it.each(['Asia/Beijing', '', '+08:00', 'UTC+8', 'Shanghai'])('refuses the zone "%s"', (timeZone) => {
    expect(() => Schedule.parse({ cron: '0 0 * * *', timeZone })).toThrow(
      `time zone "${timeZone}": use an IANA time zone such as Asia/Shanghai`,
    );
  });
});
