import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import type { Reader } from '../watching/reader.ts';
import { readersCheck } from './readiness.ts';

function reader(state: { synced: boolean; heardAt: number | undefined }): Reader<never> {
  return {
    ...state,
    size: 0,
    find: () => undefined,
    all: () => [][Symbol.iterator](),
    having: () => [],
    index: () => undefined,
    listen: () => undefined,
  };
}

describe('readiness of the readers', () => {
  it('waits for the first complete list of each, and names those that lack it', () => {
    const clock = new ManualClock();
    const check = readersCheck(clock, () => [
      ['datasets', reader({ synced: true, heardAt: 0 })],
      ['placements', reader({ synced: false, heardAt: 0 })],
      ['topologies', reader({ synced: false, heardAt: undefined })],
    ]);
    expect(check.problem()).toBe(
      'placements has not seen a complete list yet, topologies has not seen a complete list yet',
    );
  });

  it('ends when a reader has heard nothing for longer than its watch may be dead', () => {
    const clock = new ManualClock();
    const check = readersCheck(clock, () => [['datasets', reader({ synced: true, heardAt: 0 })]]);
    clock.advance(300_000);
    expect(check.problem()).toBeUndefined();
    clock.advance(1_000);
    expect(check.problem()).toBe('datasets has heard nothing for 301 s');
  });
});
