import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Bandwidth, bandwidthSchema } from './bandwidth.ts';
import { Size } from './size.ts';

describe('a bandwidth', () => {
  it.each([
    ['1kbit', 1000],
    ['200Mbit', 200_000_000],
    ['10Gbit', 10_000_000_000],
    ['999999Gbit', 999_999_000_000_000],
  ])('%s is %d bits per second', (text, expected) => {
    expect(Bandwidth.parse(text).bitsPerSecond).toBe(expected);
    expect(bandwidthSchema().safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    '200',
    '200Mbps',
    '200MB',
    '0Mbit',
    '1.5Gbit',
    '-1Gbit',
    '1000000Gbit',
    '200mbit',
    '1toString',
  ])('refuses "%s" and says what is allowed', (text) => {
    const allowed = 'use a whole number of kbit, Mbit or Gbit per second, such as 200Mbit';
    expect(() => Bandwidth.parse(text)).toThrow(`bandwidth "${text}": ${allowed}`);
    expect(bandwidthSchema().safeParse(text).error?.issues.at(0)?.message).toBe(allowed);
  });

  it.each([0, -1, 0.0004, 1e9, Number.NaN])('is never %d Mbit/s', (count) => {
    expect(() => Bandwidth.megabits(count)).toThrow(
      `bandwidth of ${count} Mbit/s: use 0.001 to below 1000000000`,
    );
  });

  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 - 1 }), (kilobits) => {
        const text = Bandwidth.megabits(kilobits / 1000).toString();
        expect(Bandwidth.parse(text).bitsPerSecond).toBe(kilobits * 1000);
        expect(bandwidthSchema().safeParse(text).success).toBe(true);
      }),
    );
  });

  it('needs the time of the bits that it carries: 20 GiB over 70 % of 200 Mbit/s take 20 min 27 s', () => {
    const time = Bandwidth.parse('200Mbit').transferTime(Size.parse('20GiB'), 0.7);
    expect(Math.round(time.seconds)).toBe(1227);
  });

  it('needs no longer for less, nor on a faster line', () => {
    const size = fc.integer({ min: 0, max: 1e12 }).map((bytes) => Size.bytes(bytes));
    const rate = fc.integer({ min: 1, max: 1e6 });
    fc.assert(
      fc.property(size, size, rate, rate, (one, other, slow, more) => {
        const [small, large] = one.bytes < other.bytes ? [one, other] : [other, one];
        const slowly = Bandwidth.megabits(slow).transferTime(large, 0.7).milliseconds;
        expect(Bandwidth.megabits(slow).transferTime(small, 0.7).milliseconds).toBeLessThanOrEqual(slowly);
        expect(Bandwidth.megabits(slow + more).transferTime(large, 0.7).milliseconds).toBeLessThanOrEqual(
          slowly,
        );
      }),
    );
  });
});
