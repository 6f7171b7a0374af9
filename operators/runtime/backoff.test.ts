import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffDelay } from './backoff.ts';

const BACKOFF = { first: 5, most: 300_000 };

describe('back-off', () => {
  it('doubles from the first wait to the longest, and stays there', () => {
    const delays = [1, 2, 3, 16, 17, 18, 5000].map((failures) => backoffDelay(BACKOFF, failures, () => 1));
    expect(delays).toEqual([5, 10, 20, 163_840, 300_000, 300_000, 300_000]);
  });

  it('waits between half of that and all of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, r) => {
        const full = backoffDelay(BACKOFF, n, () => 1);
        const delay = backoffDelay(BACKOFF, n, () => r);
        expect(delay).toBeGreaterThanOrEqual(full / 2);
        expect(delay).toBeLessThanOrEqual(full);
      }),
    );
  });
});
