import { describe, expect, it } from 'vitest';
import { keepsBounds } from '../result.ts';
import { compareThirds, type Sample } from './growth.ts';

const LEVEL: Sample = { memory: 100, heap: 40, descriptors: 30, series: 500 };

/** Samples of which one thing grows by so much each time. */
function growing(thing: keyof Sample, by: number): Sample[] {
  return Array.from({ length: 30 }, (_, index) => ({ ...LEVEL, [thing]: LEVEL[thing] + by * index }));
}

function missed(samples: readonly Sample[]): string[] {
  const figures = compareThirds('operator-1', samples);
  return figures.filter((figure) => !keepsBounds(figure)).map(({ name }) => name);
}

describe('growth over a soak', () => {
  it('is none where everything stays level', () => {
    expect(missed(growing('memory', 0))).toEqual([]);
  });

  it.each([
    ['memory', 2],
    ['descriptors', 1],
    ['series', 4],
  ] as const)('is noticed of %s that grows without end', (thing, by) => {
    expect(missed(growing(thing, by))).toEqual([`  ${thing} in the last third`]);
  });

  it('is not what one peak makes', () => {
    const samples = growing('memory', 0).with(28, { ...LEVEL, memory: 900 });
    expect(missed(samples)).toEqual([]);
  });

  it('cannot be told of a few samples', () => {
    expect(() => compareThirds('operator-1', growing('memory', 0).slice(0, 8))).toThrow('too few');
  });
});
