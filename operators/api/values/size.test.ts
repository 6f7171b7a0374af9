import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Size, sizeSchema } from './size.ts';

const bytes = fc.oneof(
  fc.integer({ min: 0, max: 7_999_999_999_999_999 }),
  fc
    .tuple(fc.integer({ min: 0, max: 7000 }), fc.integer({ min: 0, max: 4 }))
    .map(([count, exponent]) => count * 1024 ** exponent),
);

describe('a size', () => {
  it.each([
    ['0B', 0],
    ['1B', 1],
    ['1KiB', 1024],
    ['1536MiB', 1_610_612_736],
    ['500GiB', 536_870_912_000],
    ['7PiB', 7_881_299_347_898_368],
    ['7999999999999999B', 7_999_999_999_999_999],
  ])('%s is %d bytes', (text, expected) => {
    expect(Size.parse(text).bytes).toBe(expected);
    expect(sizeSchema().safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    '500',
    '500GB',
    '500Gi',
    '0.5TiB',
    '-1B',
    '1 GiB',
    '1gib',
    '8PiB',
    '8000TiB',
    '8000000000000000B',
  ])('refuses "%s" and says what is allowed', (text) => {
    const allowed = 'use a whole number of B, KiB, MiB, GiB, TiB or PiB below 8 PB, such as 500GiB';
    expect(() => Size.parse(text)).toThrow(`size "${text}": ${allowed}`);
    expect(sizeSchema().safeParse(text).error?.issues.at(0)?.message).toBe(allowed);
  });

  it.each([-1, 0.5, 8e15, Number.NaN])('is never %d bytes', (count) => {
    expect(() => Size.bytes(count)).toThrow(
      `size of ${count} bytes: use a whole number from 0 to below 8 PB`,
    );
  });

  it('is written in the largest unit that shows it exactly', () => {
    expect(Size.parse('1536MiB').toString()).toBe('1536MiB');
    expect(Size.parse('2048KiB').toString()).toBe('2MiB');
    expect(Size.parse('0PiB').toString()).toBe('0B');
    expect(Size.gibibytes(0.5).toString()).toBe('512MiB');
  });

  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(bytes, (count) => {
        const text = Size.bytes(count).toString();
        expect(Size.parse(text).bytes).toBe(count);
        expect(sizeSchema().safeParse(text).success).toBe(true);
      }),
    );
  });

  it('is a number that is held exactly, whatever the schema lets through', () => {
    const text = fc
      .tuple(fc.stringMatching(/^[0-9]{1,16}$/), fc.constantFrom('B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'))
      .map((parts) => parts.join(''))
      .filter((written) => sizeSchema().safeParse(written).success);
    fc.assert(
      fc.property(text, (written) => {
        const size = Size.parse(written);
        expect(Number.isSafeInteger(size.bytes)).toBe(true);
        expect(Size.parse(size.toString()).bytes).toBe(size.bytes);
      }),
    );
  });
});
