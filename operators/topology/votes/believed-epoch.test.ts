import { describe, expect, it } from 'vitest';
import { believedEpoch, EPOCH_REACH } from './believed-epoch.ts';

describe('the epoch that a centre goes by', () => {
  it.each<[why: string, held: number, heard: number[], believed: number]>([
    ['is its own where nobody knows a higher one', 7, [3, 7], 7],
    ['is the highest of what it hears', 7, [9, 12, 8], 12],
    ['is what it hears where it holds nothing, as after a restore', 0, [41], 41],
    ['is as far as others can have come', 7, [7 + EPOCH_REACH], 7 + EPOCH_REACH],
    ['leaves out a leap, and believes the others', 7, [Number.MAX_SAFE_INTEGER, 9], 9],
  ])('%s', (_why, held, heard, believed) => {
    expect(believedEpoch(held, heard)).toBe(believed);
  });
});
