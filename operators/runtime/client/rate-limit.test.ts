import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { RateLimit } from './rate-limit.ts';

/** A limit of 10 a second and 3 at once, and the callers that it has let through. */
function limited() {
  const clock = new ManualClock();
  const limit = new RateLimit(clock, { perSecond: 10, burst: 3 });
  const through: string[] = [];
  const call = (name: string, signal = new AbortController().signal): Promise<void> =>
    limit.take(signal).then(() => void through.push(name));
  return { clock, limit, through, call };
}

describe('a rate limit', () => {
  it('lets a burst through at once, and then one after another in the order they came', async () => {
    const { clock, through, call } = limited();
    for (const name of ['a', 'b', 'c', 'd', 'e']) void call(name);
    await clock.pass(0);
    expect(through).toEqual(['a', 'b', 'c']);
    await clock.pass(99);
    expect(through).toHaveLength(3);
    await clock.pass(1);
    expect(through).toEqual(['a', 'b', 'c', 'd']);
    await clock.pass(100);
    expect(through).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(clock.timers).toBe(0);
  });

  it('saves up no more than a burst while nobody calls', async () => {
    const { clock, through, call } = limited();
    await clock.pass(3_600_000);
    for (let caller = 0; caller < 10; caller += 1) void call(`${caller}`);
    await clock.pass(0);
    expect(through).toHaveLength(3);
  });

  it('forgets a caller that gives up, and gives its turn to the next', async () => {
    const { clock, limit, through, call } = limited();
    for (const name of ['a', 'b', 'c']) void call(name);
    const impatient = new AbortController();
    const given = call('d', impatient.signal);
    void call('e');
    impatient.abort(new Error('enough'));
    await expect(given).rejects.toThrow('enough');
    await expect(call('f', impatient.signal)).rejects.toThrow('enough');
    await clock.pass(100);
    expect(through).toEqual(['a', 'b', 'c', 'e']);
    expect(limit.waiting).toBe(0);
  });
});
