import { describe, expect, it } from 'vitest';
import { NOON } from '../testing/ballots.ts';
import { certainEpoch, nextEpoch, possibleEpoch } from './known-epochs.ts';

describe('how far a subject has come for certain', () => {
  it.each<[why: string, held: number, told: number[], certain: number]>([
    ['not at all where nobody tells anything', 0, [], 0],
    ['to what stands here where nobody knows a higher one', 7, [3, 7], 7],
    ['to what two others tell', 7, [9, 12, 8], 9],
    ['to what others tell where nothing stands here, as after a restore', 0, [41, 41], 41],
    ['not to what one alone tells', 7, [8, 3], 7],
  ])('%s', (_why, held, told, certain) => {
    expect(certainEpoch({ held, told })).toBe(certain);
  });
});

it('as many epochs are possible as seconds have passed since 2020, and some whatever the clock says', () => {
  expect(possibleEpoch(NOON + 60_000) - possibleEpoch(NOON)).toBe(60);
  expect(possibleEpoch(0)).toBe(1_000);
});

describe('the epoch to claim', () => {
  const NONE = { own: new Set<number>(), others: [] };

  function choices(
    ...[known, claimed]: [Parameters<typeof nextEpoch>[0], Parameters<typeof nextEpoch>[1]]
  ): number[] {
    return [0, 1, 2, 3].map((attempt) => nextEpoch(known, claimed, { attempt, now: NOON }));
  }

  it('is above all that is believed, then above what is certain, then above what single centres tell', () => {
    expect(choices({ held: 7, told: [] }, NONE)).toEqual([8, 8, 8, 8]);
    expect(choices({ held: 7, told: [9, 12] }, NONE)).toEqual([13, 10, 13, 10]);
    expect(choices({ held: 7, told: [7, 500] }, NONE)).toEqual([501, 8, 501, 8]);
    expect(choices({ held: 7, told: [9] }, { own: new Set(), others: [800] })).toEqual([801, 8, 10, 801]);
  });

  it('is above what was claimed at first only, and never claimed before', () => {
    expect(choices({ held: 7, told: [7, 7] }, { own: new Set([8, 9, 800]), others: [] }).slice(0, 2)).toEqual(
      [801, 10],
    );
  });

  it('leaves out leaps', () => {
    expect(choices({ held: 7, told: [2 ** 53] }, { own: new Set(), others: [2 ** 52] })).toEqual([
      8, 8, 8, 8,
    ]);
  });
});
