import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { Deadline } from './deadline.ts';

describe('a deadline', () => {
  it('aborts when its time is up, and says that this was why', () => {
    const clock = new ManualClock();
    const deadline = new Deadline(clock, 100);
    clock.advance(99);
    expect(deadline.signal.aborted).toBe(false);
    clock.advance(1);
    expect(deadline.signal.aborted).toBe(true);
    expect(deadline.passed).toBe(true);
  });

  it('aborts when the caller gives up, now or before, which is not the same', () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const early = new Deadline(clock, 100, caller.signal);
    caller.abort();
    const late = new Deadline(clock, 100, caller.signal);
    for (const deadline of [early, late]) {
      expect(deadline.signal.aborted).toBe(true);
      expect(deadline.passed).toBe(false);
    }
  });

  it('counts anew from each extension', () => {
    const clock = new ManualClock();
    const deadline = new Deadline(clock, 100);
    clock.advance(99);
    deadline.extend(50);
    clock.advance(49);
    expect(deadline.signal.aborted).toBe(false);
    expect(deadline.milliseconds).toBe(50);
    clock.advance(1);
    expect(deadline.passed).toBe(true);
  });

  it('that has ended aborts nothing any more, and leaves neither timer nor listener behind', () => {
    const clock = new ManualClock();
    const caller = new AbortController();
    const deadline = new Deadline(clock, 100, caller.signal);
    deadline.end();
    expect(clock.timers).toBe(0);
    caller.abort();
    expect(deadline.signal.aborted).toBe(false);
  });
});
