import { describe, expect, it } from 'vitest';
import { figureTable, spread } from './result.ts';

describe('figures of a benchmark', () => {
  it.each([
    [[3, 1, 2], { min: 1, median: 2, max: 3 }],
    [[4, 1, 2, 3], { min: 1, median: 2.5, max: 4 }],
    [[1.26], { min: 1.3, median: 1.3, max: 1.3 }],
  ])('have the smallest, middle and largest of %j', (samples, expected) => {
    expect(spread(samples)).toMatchObject(expected);
  });

  it('refuse to be made of nothing', () => {
    expect(() => spread([])).toThrow('no sample');
  });

  it('say beside each budget whether the median keeps it', () => {
    const table = figureTable([
      { name: 'quick', unit: 's', value: spread([1, 2, 3]), budget: 2 },
      { name: 'slow', unit: 's', value: spread([3]), budget: 2 },
      { name: 'many', unit: '/s', value: spread([9]), atLeast: 5 },
      { name: 'few', unit: '/s', value: spread([4]), atLeast: 5 },
    ]);
    expect(table).toContain('quick  2 s     1–3     ≤ 2 ok');
    expect(table).toContain('slow   3 s     3–3     ≤ 2 MISSED');
    expect(table).toContain('many   9 /s    9–9     ≥ 5 ok');
    expect(table).toContain('few    4 /s    4–4     ≥ 5 MISSED');
  });
});
