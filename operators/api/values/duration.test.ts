import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Duration, durationSchema } from './duration.ts';
import { InvalidValueError } from './invalid-value.ts';

const MAX = 999_999 * 86_400_000;
const milliseconds = fc.integer({ min: 0, max: MAX });

describe('a duration', () => {
  it.each([
    ['0s', 0],
    ['1ms', 1],
    ['500ms', 500],
    ['15m', 900_000],
    ['90m', 5_400_000],
    ['1h30m', 5_400_000],
    ['1d', 86_400_000],
    ['2d3h4m5s6ms', 183_845_006],
    ['007m', 420_000],
    ['999999d', MAX],
  ])('%s is %d ms', (text, expected) => {
    expect(Duration.parse(text).milliseconds).toBe(expected);
    expect(durationSchema().safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    '15',
    'm',
    '15min',
    '1.5h',
    '-5m',
    '5m1h',
    '1h 30m',
    ' 15m',
    '15M',
    '1w',
    'PT15M',
    '１５m',
    '1m1m',
  ])('refuses "%s" and says what is allowed', (text) => {
    const allowed =
      'use whole numbers with the units d, h, m, s or ms, largest first, such as 15m, 1h30m or 500ms';
    expect(() => Duration.parse(text)).toThrow(new InvalidValueError('duration', text, allowed.slice(4)));
    expect(() => Duration.parse(text)).toThrow(`duration "${text}": ${allowed}`);
    expect(durationSchema().safeParse(text).error?.issues.at(0)?.message).toBe(allowed);
  });

  it('refuses what adds up to more than 999999 days', () => {
    expect(() => Duration.parse('999999d1ms')).toThrow('duration "999999d1ms": use at most 999999d');
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, MAX + 1])('is never %d ms', (count) => {
    expect(() => Duration.milliseconds(count)).toThrow(
      `duration of ${count} ms: use 0 to ${MAX} (999999 days)`,
    );
  });

  it('is written in its shortest exact form', () => {
    expect(Duration.parse('90m').toString()).toBe('1h30m');
    expect(Duration.parse('86400s').toString()).toBe('1d');
    expect(Duration.milliseconds(0).toString()).toBe('0s');
    expect(Duration.milliseconds(1.6).toString()).toBe('2ms');
  });

  it('is made of any unit', () => {
    expect([
      Duration.seconds(90).toString(),
      Duration.minutes(90).toString(),
      Duration.hours(1.5).toString(),
      Duration.days(1).toString(),
    ]).toEqual(['1m30s', '1h30m', '1h30m', '1d']);
    expect(Duration.parse('1500ms').seconds).toBe(1.5);
  });

  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(milliseconds, (count) => {
        const text = Duration.milliseconds(count).toString();
        expect(Duration.parse(text).milliseconds).toBe(count);
        expect(durationSchema().safeParse(text).success).toBe(true);
      }),
    );
  });

  it('grows with every one of its parts', () => {
    const part = fc.nat({ max: 1000 });
    fc.assert(
      fc.property(fc.tuple(part, part, part, part, part), fc.nat({ max: 4 }), (parts, grown) => {
        const write = (counts: readonly number[]): string =>
          counts.map((count, index) => `${count}${['d', 'h', 'm', 's', 'ms'][index] ?? ''}`).join('');
        const more = parts.map((count, index) => (index === grown ? count + 1 : count));
        expect(Duration.parse(write(more)).milliseconds).toBeGreaterThan(
          Duration.parse(write(parts)).milliseconds,
        );
      }),
    );
  });
});
