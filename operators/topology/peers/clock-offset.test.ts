import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOCK_TOLERANCE, intersectOffsets, judgeClock, offsetOf } from './clock-offset.ts';

const NOON = Date.UTC(2026, 10, 23, 4);

describe('the offset of a clock', () => {
  it('of one answer is known to a second and the round trip', () => {
    expect(offsetOf(NOON, 20, new Date(NOON).toUTCString())).toEqual({ least: -20, most: 1_000 });
    expect(offsetOf(NOON, 20, undefined)).toBeUndefined();
    expect(offsetOf(NOON, 20, 'yesterday')).toBeUndefined();
    expect(offsetOf(NOON, 20, 'Tue, 01 Jan 9999 00:00:00 GMT')).toBeUndefined();
  });

  it('lies within what any number of answers allow, whatever it is', () => {
    const sample = fc.record({
      sentAt: fc.integer({ min: NOON, max: NOON + 120_000 }),
      outward: fc.integer({ min: 0, max: 500 }),
      back: fc.integer({ min: 0, max: 500 }),
    });
    const offset = fc.integer({ min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 12 }), offset, (samples, ahead) => {
        const known = intersectOffsets(
          samples.flatMap(({ sentAt, outward, back }) => {
            const answeredAt = sentAt + outward + ahead;
            return offsetOf(sentAt, outward + back, new Date(answeredAt).toUTCString()) ?? [];
          }),
        );
        expect(known?.least).toBeLessThanOrEqual(ahead);
        expect(known?.most).toBeGreaterThanOrEqual(ahead);
      }),
    );
  });

  it('becomes narrow when seconds are told at several moments of them', () => {
    const ahead = 12_345;
    const samples = Array.from({ length: 12 }, (_, index) => {
      const sentAt = NOON + index * 10_083;
      return offsetOf(sentAt, 10, new Date(sentAt + 5 + ahead).toUTCString()) ?? { least: 0, most: 0 };
    });
    const { least = -Infinity, most = Infinity } = intersectOffsets(samples) ?? {};
    expect(most - least).toBeLessThan(150);
  });

  it('after a clock was set is that of the answers since', () => {
    const before = [
      { least: -100, most: 900 },
      { least: -50, most: 950 },
    ];
    expect(intersectOffsets([...before, { least: 4_900, most: 5_900 }])).toEqual({
      least: 4_900,
      most: 5_900,
    });
    expect(intersectOffsets([])).toBeUndefined();
  });

  it.each([
    [{ least: -10, most: 90 }, 'Agrees'],
    [{ least: CLOCK_TOLERANCE, most: CLOCK_TOLERANCE + 900 }, 'Agrees'],
    [{ least: CLOCK_TOLERANCE + 1, most: CLOCK_TOLERANCE + 900 }, 'Differs'],
    [{ least: -9_000, most: -CLOCK_TOLERANCE - 1 }, 'Differs'],
    [undefined, 'Unknown'],
  ])('%j: %s', (offset, expected) => {
    expect(judgeClock(offset)).toBe(expected);
  });
});
