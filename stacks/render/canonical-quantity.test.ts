import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../operators/api/values/invalid-value.ts';
import { canonicalQuantity, isCanonicalQuantity } from './canonical-quantity.ts';

describe('canonicalQuantity', () => {
  // Right-hand sides are what an API server gave back for the left-hand sides.
  it.each([
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['0.5', '500m'],
    ['0.1', '100m'],
    ['100000', '100k'],
    ['1000', '1k'],
    ['2000M', '2G'],
    ['0.5Gi', '512Mi'],
    ['1.5Gi', '1536Mi'],
    ['1024Mi', '1Gi'],
    ['1023Ki', '1023Ki'],
    ['1Ki', '1Ki'],
    ['0.5Ki', '512'],
    ['0', '0'],
    ['0Gi', '0'],
    ['16Gi', '16Gi'],
    ['250m', '250m'],
  ])('spells %s as %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
    expect(isCanonicalQuantity(canonical)).toBe(true);
    expect(isCanonicalQuantity(text)).toBe(text === canonical);
  });

  it('multiplies without losing a byte', () => {
    expect(canonicalQuantity('1.5Gi', 2n)).toBe('3Gi');
    expect(canonicalQuantity('100m', 10n)).toBe('1');
  });

  it('refuses what is no quantity', () => {
    expect(() => canonicalQuantity('4 GB')).toThrow(InvalidValueError);
    expect(isCanonicalQuantity('lots')).toBe(false);
  });
});
