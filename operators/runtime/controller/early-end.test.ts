import { describe, expect, it } from 'vitest';
import { StalledError, WaitingError } from '../errors/retry.ts';
import { TestOperator } from '../testing/test-operator.ts';
import { wish, wishType, type Wish } from '../testing/wish-kind.ts';
import { RunDeadlineError } from './reconciler.ts';
import type { Step } from './step.ts';
import { countWrites, defineWishes, double, see } from './testing/wish-steps.ts';

const KEY = 'tenant/one';

describe('a run that ends early', () => {
  const waitForPolicy: Step<Wish> = () => {
    throw new WaitingError('ZB-TST-001', 'NoPolicy', 'no policy is there yet', 60_000);
  };

  it('says what it waits for, and leaves what it did not come to as it was', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    await operator.reconcile(defineWishes([see, double]), KEY);
    operator.have(wishType, wish('one', 4));
    const { end, status } = await operator.reconcile(defineWishes([see, waitForPolicy, double]), KEY);
    expect(end).toMatchObject({ kind: 'waiting', error: { milliseconds: 60_000 } });
    expect(status).toMatchObject({
      seen: 4,
      doubled: 6,
      phase: 'Waiting',
      // The generation that all of it describes; each condition says its own.
      observedGeneration: 1,
      conditions: [
        { type: 'Ready', status: 'False', reason: 'NoPolicy', observedGeneration: 2 },
        { type: 'Seen', status: 'True', observedGeneration: 2 },
      ],
    });
  });

  it('by an error says so with its code, and does not believe a step that was content', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const { end, status } = await operator.reconcile(
      defineWishes([
        (run) => {
          run.status.condition('Ready', 'True', 'Fine', 'all is well');
        },
        () => {
          throw new Error('the disk is full');
        },
      ]),
      KEY,
    );
    expect(end.kind).toBe('failed');
    expect(status).toMatchObject({
      phase: 'Failed',
      conditions: [{ type: 'Ready', status: 'False', reason: 'Failed', message: 'the disk is full' }],
    });
  });

  it('is ended at its deadline, which later steps do not outlive', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const hang: Step<Wish> = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('given up'));
        });
      });
    const running = operator.reconcile(defineWishes([hang, see], { deadline: 2000 }), KEY);
    await operator.clock.pass(2000);
    const { end, status } = await running;
    expect(end).toMatchObject({ kind: 'failed', error: expect.any(RunDeadlineError) as unknown });
    expect(status).not.toHaveProperty('seen');
    expect(operator.clock.timers).toBe(0);
  });

  it('because the controller is stopped writes nothing', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const writes = countWrites(operator);
    const stop = new AbortController();
    const definition = defineWishes([
      see,
      () => {
        stop.abort();
      },
    ]);
    const { end } = await operator.reconcile(definition, KEY, stop.signal);
    expect(end).toEqual({ kind: 'aborted' });
    expect(writes.count).toBe(0);
  });
});

describe('a stalled object', () => {
  it('is told field, reason and what is allowed, when its spec does not parse', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', -3));
    const { end, status } = await operator.reconcile(defineWishes([see]), KEY);
    expect(end).toMatchObject({ kind: 'stalled', error: { code: 'ZB-OPR-001', field: 'spec.number' } });
    const message = 'spec.number: found -3; use 0 or more (ZB-OPR-001)';
    expect(status).toMatchObject({
      phase: 'Stalled',
      observedGeneration: 1,
      conditions: [
        { type: 'Ready', status: 'False', reason: 'InvalidSpec', message },
        { type: 'Stalled', status: 'True', reason: 'InvalidSpec', message },
      ],
    });
  });

  it('is not looked at again until it changes, or another program does', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    let runs = 0;
    const judge: Step<Wish> = ({ spec }) => {
      runs += 1;
      if (spec.number < 5)
        throw new StalledError('ZB-TST-002', 'spec.number', 'TooSmall', 'found 3; use 5 or more');
    };
    const definition = defineWishes([judge]);
    await operator.reconcile(definition, KEY);
    expect((await operator.reconcile(definition, KEY)).end).toEqual({ kind: 'held' });
    expect(runs).toBe(1);
    await operator.reconcile(defineWishes([judge]), KEY);
    expect(runs).toBe(2);
    operator.have(wishType, wish('one', 5));
    const { status } = await operator.reconcile(definition, KEY);
    expect(status).toMatchObject({ phase: 'Ready', conditions: [{ type: 'Ready', status: 'True' }] });
  });

  it('is judged anew when somebody wiped what its status says', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', -1));
    const definition = defineWishes([]);
    await operator.reconcile(definition, KEY);
    operator.server.applyStatus(wishType, { ...wish('one', -1), status: {} }, 'zaibei-wish');
    const { end, status } = await operator.reconcile(definition, KEY);
    expect(end.kind).toBe('stalled');
    expect(status).toMatchObject({ phase: 'Stalled' });
  });
});
