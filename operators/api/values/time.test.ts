import { describe, expect, it } from 'vitest';
import { daySchema, instantSchema, isCalendarDay } from './time.ts';

describe('an instant', () => {
  it.each(['2026-11-22T08:00:00Z', '2026-11-22T08:00:00.123456789Z', '2026-11-22T08:00:00+08:00'])(
    'may be %s',
    (text) => {
      expect(instantSchema().safeParse(text).success).toBe(true);
      expect(Date.parse(text)).not.toBeNaN();
    },
  );

  it.each([
    '2026-11-22',
    '2026-11-22T08:00Z',
    '2026-11-22T08:00:00',
    '2026-11-22 08:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-22T08:00:60Z',
  ])('is never %s', (text) => {
    expect(instantSchema().safeParse(text).error?.issues.at(0)?.message).toBe(
      'use an instant such as 2026-11-22T08:00:00Z',
    );
  });
});

describe('a day', () => {
  it.each(['2026-11-22', '2028-02-29', '2000-02-29'])('%s exists', (text) => {
    expect(daySchema().safeParse(text).success).toBe(true);
    expect(isCalendarDay(text)).toBe(true);
  });

  it.each(['2026-02-29', '2026-02-30', '1900-02-29', '2026-04-31'])(
    '%s is well-formed and does not exist',
    (text) => {
      expect(daySchema().safeParse(text).success).toBe(true);
      expect(isCalendarDay(text)).toBe(false);
    },
  );

  it.each(['2026-11-32', '2026-00-01', '26-11-22', '2026-1-2', '2026/11/22', '22.11.2026', ''])(
    '%s is no day',
    (text) => {
      expect(daySchema().safeParse(text).error?.issues.at(0)?.message).toBe('use a day such as 2026-11-22');
    },
  );
});
