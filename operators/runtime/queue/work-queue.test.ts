import { describe, expect, it } from 'vitest';
import { LONGEST_TIMER } from '../clock.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { WorkQueue } from './work-queue.ts';

function makeQueue(): { clock: ManualClock; queue: WorkQueue } {
  const clock = new ManualClock();
  return { clock, queue: new WorkQueue({ clock, random: () => 1 }) };
}

/** Workers that note which keys they get, and say that they are through only when told to. */
function work(queue: WorkQueue, workers = 1): { readonly taken: string[] } {
  const taken: string[] = [];
  for (let worker = 0; worker < workers; worker += 1)
    void queue.take().then((next) => taken.push(next?.key ?? 'closed'));
  return { taken };
}

/** Takes the next key, which must be there already. */
async function takeNow(queue: WorkQueue): Promise<string | undefined> {
  const { taken } = work(queue);
  await Promise.resolve();
  return taken[0];
}

describe('the work queue', () => {
  it('gives out keys in the order in which they came, each once however often it was asked for', async () => {
    const { queue } = makeQueue();
    for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
    expect(queue.depth).toBe(3);
    expect([await takeNow(queue), await takeNow(queue), await takeNow(queue)]).toEqual(['a', 'b', 'c']);
    expect(queue.depth).toBe(0);
  });

  it('never gives a key to two workers, and gives one that was asked for meanwhile once more afterwards', async () => {
    const { queue } = makeQueue();
    queue.add('a');
    const { taken } = work(queue, 3);
    queue.add('a');
    queue.add('a');
    await Promise.resolve();
    expect(taken).toEqual(['a']);
    queue.done('a');
    await Promise.resolve();
    expect(taken).toEqual(['a', 'a']);
    queue.done('a');
    await Promise.resolve();
    expect(taken).toEqual(['a', 'a']);
  });

  it('wakes a worker that waits, when a key comes due', async () => {
    const { clock, queue } = makeQueue();
    const { taken } = work(queue);
    queue.addAfter('late', 1000);
    await clock.pass(999);
    expect(taken).toEqual([]);
    await clock.pass(1);
    expect(taken).toEqual(['late']);
  });

  it('heeds the earliest of several wishes, whenever it is made', async () => {
    const { clock, queue } = makeQueue();
    const { taken } = work(queue, 2);
    queue.addAfter('a', 5000);
    queue.addAfter('a', 1000);
    queue.addAfter('a', 3000);
    await clock.pass(1000);
    expect(taken).toEqual(['a']);
    queue.done('a');
    await clock.pass(60_000);
    expect(taken).toEqual(['a']);
  });

  it('keeps the moment of a wish that was made while the key was in work', async () => {
    const { clock, queue } = makeQueue();
    queue.add('a');
    const { taken } = work(queue, 2);
    queue.addAfter('a', 5000);
    queue.addAfter('a', 1000);
    await clock.pass(400);
    queue.done('a');
    await clock.pass(599);
    expect(taken).toEqual(['a']);
    await clock.pass(1);
    expect(taken).toEqual(['a', 'a']);
  });

  it('waits at most as long as a timer can, however long it is asked to', async () => {
    const { clock, queue } = makeQueue();
    const { taken } = work(queue);
    queue.addAfter('quarterly', 92 * 86_400_000);
    queue.addAfter('never', Infinity);
    await clock.pass(LONGEST_TIMER - 1);
    expect(taken).toEqual([]);
    await clock.pass(1);
    expect(taken).toEqual(['quarterly']);
  });

  it('refuses to wait for what is no number', () => {
    const { queue } = makeQueue();
    expect(() => {
      queue.addAfter('a', NaN);
    }).toThrow(RangeError);
  });

  it('backs off by key, from 5 ms to 5 min, and forgets the failures of a key that went well', async () => {
    const { clock, queue } = makeQueue();
    const waits: (number | undefined)[] = [];
    for (let failures = 0; failures < 18; failures += 1) {
      queue.addFailed('a');
      const { taken } = work(queue);
      waits.push(clock.untilNext);
      await clock.pass(300_000);
      expect(taken).toEqual(['a']);
      queue.done('a');
    }
    expect([waits[0], waits[1], waits[2], waits[15], waits[16], waits[17]]).toEqual([
      5, 10, 20, 163_840, 300_000, 300_000,
    ]);
    expect(queue.failuresOf('a')).toBe(18);
    queue.forget('a');
    expect(queue.failuresOf('a')).toBe(0);
  });

  it('comes back no sooner than whoever refused asked for', async () => {
    const { clock, queue } = makeQueue();
    queue.addFailed('a', 7000);
    const { taken } = work(queue);
    await clock.pass(6999);
    expect(taken).toEqual([]);
    await clock.pass(1);
    expect(taken).toEqual(['a']);
  });

  it('says how far its workers are behind', async () => {
    const { clock, queue } = makeQueue();
    expect(queue.oldestAge).toBe(0);
    queue.add('a');
    queue.addAfter('b', 100);
    queue.addAfter('c', 10_000);
    clock.advance(400);
    expect({ depth: queue.depth, oldest: queue.oldestAge }).toEqual({ depth: 2, oldest: 400 });
    expect(await queue.take()).toEqual({ key: 'a', waited: 400 });
    expect(await queue.take()).toEqual({ key: 'b', waited: 300 });
  });

  it('lets its workers go when it is closed, gives out nothing more, and leaves no timer', async () => {
    const { clock, queue } = makeQueue();
    const { taken } = work(queue, 2);
    queue.addAfter('a', 1000);
    queue.close();
    queue.add('b');
    await clock.pass(2000);
    expect(taken).toEqual(['closed', 'closed']);
    expect(await queue.take()).toBeUndefined();
    expect(clock.timers).toBe(0);
  });

  it('keeps ten thousand delayed keys with one timer', () => {
    const { clock, queue } = makeQueue();
    void queue.take();
    for (let index = 0; index < 10_000; index += 1) queue.addAfter(`key-${index}`, 10_000 + index);
    expect(clock.timers).toBe(1);
  });
});
