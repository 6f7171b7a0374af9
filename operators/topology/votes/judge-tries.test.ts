import { describe, expect, it } from 'vitest';
import { claimExample, NOON } from '../testing/ballots.ts';
import { judgeTries, type Try } from './judge-tries.ts';

/** A try of local-dr that ended at noon, or is open. */
function tryAt(epoch: number, outcome?: 'Agreed' | 'Refused' | 'Expired', claimant = 'local-dr'): Try {
  const decidedAt = new Date(NOON).toISOString();
  return { ...claimExample({ epoch, claimant }), ...(outcome && { status: { outcome, decidedAt } }) };
}

describe('how it stands with what is wanted', () => {
  it('is not known before the first try, and open while votes are gathered', () => {
    expect(judgeTries([], 0)).toBeUndefined();
    expect(judgeTries([tryAt(2, 'Refused'), tryAt(4)], 4)).toEqual({
      state: 'gathering',
      epoch: 4,
      until: NOON + 30_000,
    });
  });

  it('is agreed once any try was, and overtaken by any higher epoch that is known', () => {
    const tries = [tryAt(5, 'Expired'), tryAt(4, 'Agreed')];
    expect(judgeTries(tries, 4)).toEqual({ state: 'agreed', epoch: 4, overtaken: false });
    expect(judgeTries(tries, 5)).toEqual({ state: 'agreed', epoch: 4, overtaken: true });
  });

  it('is failed until the next try, which waits longer each time and not as long as that of another centre', () => {
    const again = (tries: readonly Try[]): number => {
      const found = judgeTries(tries, 9);
      return found?.state === 'failed' ? found.again - NOON : expect.unreachable();
    };
    const first = again([tryAt(2, 'Refused')]);
    expect(first).toBeGreaterThanOrEqual(2_500);
    expect(first).toBeLessThan(5_000);
    expect(again([tryAt(2, 'Refused')])).toBe(first);
    expect(again([tryAt(2, 'Refused', 'production')])).not.toBe(first);
    expect(again([tryAt(2, 'Refused'), tryAt(3, 'Expired')])).toBeGreaterThanOrEqual(5_000);
  });
});
