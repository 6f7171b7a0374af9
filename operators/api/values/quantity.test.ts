import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addQuantities, parseQuantity, quantitySchema } from './quantity.ts';

describe('a quantity', () => {
  it.each([
    ['0', 0],
    ['4', 4],
    ['500m', 0.5],
    ['0.5', 0.5],
    ['1.125', 1.125],
    ['2k', 2000],
    ['16Gi', 17_179_869_184],
    ['1.5Gi', 1_610_612_736],
    ['2T', 2e12],
    ['1Pi', 1_125_899_906_842_624],
  ])('%s is %d', (text, expected) => {
    expect(parseQuantity(text)).toBe(expected);
    expect(quantitySchema().safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    'Gi',
    '1e3',
    '-1',
    '1.5m',
    '.5',
    '1.',
    '1 Gi',
    '16GB',
    '1.0005',
    '1,5',
    '16gi',
    '1K',
    '4toString',
  ])('refuses "%s" and says what is allowed', (text) => {
    const allowed = 'use a Kubernetes quantity such as 500m, 4, 16Gi or 2T';
    expect(() => parseQuantity(text)).toThrow(`quantity "${text}": ${allowed}`);
    expect(quantitySchema().safeParse(text).error?.issues.at(0)?.message).toBe(allowed);
  });

  it('adds up exactly: three times 100m is 300m', () => {
    expect(addQuantities(['100m', '100m', '100m'])).toBe(parseQuantity('300m'));
    expect(addQuantities(['0.1', '0.2'])).toBe(parseQuantity('0.3'));
    expect(addQuantities([])).toBe(0);
  });

  it('is the same in thousandths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), (thousandths) => {
        const decimal = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
        expect(parseQuantity(decimal)).toBe(parseQuantity(`${thousandths}m`));
      }),
    );
  });

  it('grows with its number and with its unit', () => {
    const units = ['m', '', 'k', 'Ki', 'M', 'Mi', 'G', 'Gi', 'T', 'Ti', 'P', 'Pi'];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.nat({ max: units.length - 2 }), (count, unit) => {
        const value = parseQuantity(`${count}${units[unit] ?? ''}`);
        expect(parseQuantity(`${count + 1}${units[unit] ?? ''}`)).toBeGreaterThan(value);
        expect(parseQuantity(`${count}${units[unit + 1] ?? ''}`)).toBeGreaterThan(value);
      }),
    );
  });
});
