import { describe, expect, it } from 'vitest';
import { LONGEST_TIMER } from '../clock.ts';
import { BEGINNING, ManualClock } from './manual-clock.ts';

describe('a manual clock', () => {
  it('fires timers in order of time, each at its own moment', () => {
    const clock = new ManualClock();
    const fired: [string, number][] = [];
    const note = (name: string) => () => void fired.push([name, clock.elapsed()]);
    clock.after(20, note('late'));
    clock.after(10, note('early'));
    clock.after(10, note('early, started second'));
    clock.advance(19);
    expect(fired).toEqual([
      ['early', 10],
      ['early, started second', 10],
    ]);
    clock.advance(1);
    expect(fired.at(-1)).toEqual(['late', 20]);
    expect(clock.now()).toBe(BEGINNING + 20);
  });

  it('fires timers that timers started, and none that was called off', () => {
    const clock = new ManualClock();
    let ticks = 0;
    const tick = () => {
      ticks += 1;
      clock.after(10, tick);
    };
    clock.after(10, tick);
    clock.after(15, () => expect.unreachable()).cancel();
    clock.advance(35);
    expect(ticks).toBe(3);
    expect(clock.timers).toBe(1);
    expect(clock.untilNext).toBe(5);
  });

  it('steps from timer to timer, also where several are due together', () => {
    const clock = new ManualClock();
    const fired: number[] = [];
    for (const number of [1, 2]) clock.after(10, () => void fired.push(number));
    clock.step();
    expect(fired).toEqual([1]);
    expect(clock.elapsed()).toBe(10);
    clock.step();
    clock.step();
    expect(fired).toEqual([1, 2]);
    expect(clock.elapsed()).toBe(10);
  });

  it('lets promises run between timers', async () => {
    const clock = new ManualClock();
    const wait = (milliseconds: number) =>
      new Promise<void>((resolve) => void clock.after(milliseconds, resolve));
    const times: number[] = [];
    void (async () => {
      for (let round = 0; round < 3; round += 1) {
        await wait(10);
        times.push(clock.elapsed());
      }
    })();
    await clock.pass(30);
    expect(times).toEqual([10, 20, 30]);
  });

  it('keeps waits apart from the wall clock', () => {
    const clock = new ManualClock();
    let fired = false;
    clock.after(10, () => (fired = true));
    clock.setWallClock(-3_600_000);
    clock.advance(10);
    expect(fired).toBe(true);
    expect(clock.elapsed()).toBe(10);
    expect(clock.now()).toBe(BEGINNING - 3_600_000 + 10);
  });

  it('refuses a wait that the timers of Node would not keep', () => {
    expect(() => new ManualClock().after(LONGEST_TIMER + 1, () => undefined)).toThrow(RangeError);
  });
});
