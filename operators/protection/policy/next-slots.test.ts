import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantIn, nextSlots } from './next-slots.ts';

const NOW = Date.parse('2026-11-22T08:07:30Z');

describe('the next slots', () => {
  it.each([
    [
      '*/15 * * * *',
      'Asia/Shanghai',
      ['2026-11-22T16:15:00+08:00', '2026-11-22T16:30:00+08:00', '2026-11-22T16:45:00+08:00'],
    ],
    [
      '0 2 * * *',
      'UTC',
      ['2026-11-23T02:00:00+00:00', '2026-11-24T02:00:00+00:00', '2026-11-25T02:00:00+00:00'],
    ],
    // The clocks of New York go forward on 14 March 2027.
    [
      '30 12 14 3 *',
      'America/New_York',
      ['2027-03-14T12:30:00-04:00', '2028-03-14T12:30:00-04:00', '2029-03-14T12:30:00-04:00'],
    ],
    [
      '0 0 29 2 *',
      'Asia/Kathmandu',
      ['2028-02-29T00:00:00+05:45', '2032-02-29T00:00:00+05:45', '2036-02-29T00:00:00+05:45'],
    ],
  ])('of %s in %s are told by the clock of the zone', (cron, timeZone, expected) => {
    expect(nextSlots({ cron, timeZone }, NOW).map((slot) => instantIn(timeZone, slot))).toEqual(expected);
  });

  it('rise, all after now', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }),
        (now) => {
          const slots = nextSlots({ cron: '7 */5 * * 1-5', timeZone: 'Asia/Shanghai' }, now.getTime());
          const times = [now, ...slots].map((slot) => slot.getTime());
          expect(times).toEqual(times.toSorted((one, other) => one - other));
          expect(new Set(times).size).toBe(times.length);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('are the same instant in whatever zone they are told', () => {
    const zones = ['Asia/Shanghai', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC', 'Pacific/Apia'];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000 }),
        fc.constantFrom(...zones),
        (seconds, timeZone) => {
          const instant = new Date(seconds * 1000);
          expect(Date.parse(instantIn(timeZone, instant))).toBe(instant.getTime());
        },
      ),
    );
  });
});
