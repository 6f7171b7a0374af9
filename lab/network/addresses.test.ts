import { describe, expect, test } from 'vitest';
import { overlap } from './addresses.ts';

describe('two networks', () => {
  test.each([
    ['10.90.0.0/24', '10.90.0.0/24', true],
    ['10.90.0.0/24', '10.90.0.254/24', true],
    ['10.0.0.0/8', '10.91.3.0/24', true],
    ['10.90.0.77', '10.90.0.0/24', true],
    ['10.90.0.0/24', '10.90.1.0/24', false],
    ['10.90.0.0/25', '10.90.0.128/25', false],
    ['192.0.2.0/24', '10.90.0.0/16', false],
  ])('%s and %s have an address in common: %s', (a, b, expected) => {
    expect(overlap(a, b)).toBe(expected);
    expect(overlap(b, a)).toBe(expected);
  });
});
