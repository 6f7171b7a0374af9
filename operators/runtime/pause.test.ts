import { describe, expect, it } from 'vitest';
import { pause } from './pause.ts';
import { ManualClock } from './testing/manual-clock.ts';

describe('a pause', () => {
  it('ends when its time is up, and says to go on', async () => {
    const clock = new ManualClock();
    const paused = pause(clock, 100, new AbortController().signal);
    clock.advance(100);
    expect(await paused).toBe(true);
  });

  it('ends at once when it is called off, during it or before, says so, and leaves no timer', async () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const paused = pause(clock, 100, caller.signal);
    caller.abort();
    expect(await paused).toBe(false);
    expect(await pause(clock, 100, caller.signal)).toBe(false);
    expect(clock.timers).toBe(0);
  });
});
