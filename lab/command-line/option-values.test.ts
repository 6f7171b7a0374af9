import { expect, test } from 'vitest';
import { roundTrip } from './option-values.ts';

test.each([
  ['1ms', 1],
  ['15ms', 15],
  ['1m', 60_000],
])('a link may be delayed by %s', (text, milliseconds) => {
  expect(roundTrip(text)).toBe(milliseconds);
});

test.each(['0s', '0ms', '61s', '1h'])('a link may not be delayed by %s', (text) => {
  expect(() => roundTrip(text)).toThrow(`delay "${text}": use 1ms to 60s`);
});
