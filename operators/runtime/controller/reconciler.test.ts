import { describe, expect, it } from 'vitest';
import { TestOperator } from '../testing/test-operator.ts';
import { wish, wishType } from '../testing/wish-kind.ts';
import { countWrites, defineWishes, double, see } from './testing/wish-steps.ts';

const KEY = 'tenant/one';

describe('a run', () => {
  it('gives the steps the spec with its defaults, and writes what they say once, after the last', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const writes = countWrites(operator);
    const colours: string[] = [];
    const { status, end } = await operator.reconcile(
      defineWishes([see, double, ({ spec }) => void colours.push(`${spec.colour} ${writes.count}`)]),
      KEY,
    );
    expect(colours).toEqual(['green 0']);
    expect(end).toEqual({ kind: 'done' });
    expect(writes.count).toBe(1);
    const since = { observedGeneration: 1, lastTransitionTime: '2026-11-23T04:00:00Z' };
    expect(status).toEqual({
      seen: 3,
      doubled: 6,
      phase: 'Ready',
      observedGeneration: 1,
      conditions: [
        { type: 'Ready', status: 'True', reason: 'Reconciled', message: '', ...since },
        { type: 'Seen', status: 'True', reason: 'Looked', message: 'the number 3', ...since },
      ],
    });
  });

  it('writes nothing when the status stands already', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const writes = countWrites(operator);
    const definition = defineWishes([see]);
    await operator.reconcile(definition, KEY);
    await operator.clock.pass(60_000);
    await operator.reconcile(definition, KEY);
    await operator.reconcile(defineWishes([see]), KEY);
    expect(writes.count).toBe(1);
  });

  it('removes what the steps no longer say, and keeps the time of a condition whose status stays', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const definition = defineWishes([
      async (run) => {
        if (run.spec.number === 3) await double(run);
        await see(run);
      },
    ]);
    await operator.reconcile(definition, KEY);
    operator.have(wishType, wish('one', 4));
    await operator.clock.pass(60_000);
    const { status } = await operator.reconcile(definition, KEY);
    expect(status).not.toHaveProperty('doubled');
    expect(status).toMatchObject({
      seen: 4,
      observedGeneration: 2,
      conditions: [
        { type: 'Ready', observedGeneration: 2, lastTransitionTime: '2026-11-23T04:00:00Z' },
        { type: 'Seen', observedGeneration: 2, message: 'the number 4' },
      ],
    });
  });

  it('believes the steps when they state the condition that sums up', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const protectedOnly = defineWishes(
      [
        ({ status }) => {
          status.condition('Protected', 'False', 'NoCopy', 'there is no copy');
        },
      ],
      { summary: 'Protected' },
    );
    const { status } = await operator.reconcile(protectedOnly, KEY);
    expect(status).toMatchObject({ phase: 'NotReady', conditions: [{ type: 'Protected', status: 'False' }] });
  });

  it('over an object that is gone or being deleted does nothing', async () => {
    const operator = new TestOperator();
    const calls: string[] = [];
    const definition = defineWishes([({ key }) => void calls.push(key)]);
    expect((await operator.reconcile(definition, KEY)).end).toEqual({ kind: 'gone' });
    expect(calls).toEqual([]);
  });

  it('tells events of its object, and asks for the earliest next run', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const { end, events } = await operator.reconcile(
      defineWishes([
        (run) => {
          run.again(5000);
          run.event('Normal', 'Seen', 'seen');
          run.again(9000);
        },
      ]),
      KEY,
    );
    expect(end).toEqual({ kind: 'done', again: 5000 });
    expect(events).toEqual([{ type: 'Normal', reason: 'Seen', message: 'seen' }]);
  });
});
