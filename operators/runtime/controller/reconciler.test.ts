import { describe, expect, it } from 'vitest';
import { StalledError, WaitingError } from '../errors/retry.ts';
import { TestOperator } from '../testing/test-operator.ts';
import { wish, wishKind, wishType, type Wish } from '../testing/wish-kind.ts';
import type { ControllerDefinition } from './controller-definition.ts';
import { RunDeadlineError } from './reconciler.ts';
import type { Step } from './step.ts';

const KEY = 'tenant/one';

function define(
  steps: readonly Step<Wish>[],
  rest: Partial<ControllerDefinition<Wish>> = {},
): ControllerDefinition<Wish> {
  return { name: 'wish', kind: wishKind, triggers: [], steps, ...rest };
}

const see: Step<Wish> = ({ spec, status }) => {
  status.set({ seen: spec.number });
  status.condition('Seen', 'True', 'Looked', `the number ${spec.number}`);
};

const double: Step<Wish> = ({ spec, status }) => {
  status.set({ doubled: 2 * spec.number });
};

/** Counts writes of statuses at the server. */
function countWrites(operator: TestOperator): { count: number } {
  const writes = { count: 0 };
  operator.server.onCall = ({ verb }) => {
    if (verb === 'apply-status') writes.count += 1;
  };
  return writes;
}

describe('a run', () => {
  it('gives the steps the spec with its defaults, and writes what they say once, after the last', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const writes = countWrites(operator);
    const colours: string[] = [];
    const { status, end } = await operator.reconcile(
      define([see, double, ({ spec }) => void colours.push(`${spec.colour} ${writes.count}`)]),
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
    const definition = define([see]);
    await operator.reconcile(definition, KEY);
    await operator.clock.pass(60_000);
    await operator.reconcile(definition, KEY);
    await operator.reconcile(define([see]), KEY);
    expect(writes.count).toBe(1);
  });

  it('removes what the steps no longer say, and keeps the time of a condition whose status stays', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const definition = define([
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
    const protectedOnly = define(
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
    const definition = define([({ key }) => void calls.push(key)]);
    expect((await operator.reconcile(definition, KEY)).end).toEqual({ kind: 'gone' });
    expect(calls).toEqual([]);
  });

  it('tells events of its object, and asks for the earliest next run', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    const { end, events } = await operator.reconcile(
      define([
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

describe('a run that ends early', () => {
  const waitForPolicy: Step<Wish> = () => {
    throw new WaitingError('ZB-TST-001', 'NoPolicy', 'no policy is there yet', 60_000);
  };

  it('says what it waits for, and leaves what it did not come to as it was', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 3));
    await operator.reconcile(define([see, double]), KEY);
    operator.have(wishType, wish('one', 4));
    const { end, status } = await operator.reconcile(define([see, waitForPolicy, double]), KEY);
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
      define([
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
    const running = operator.reconcile(define([hang, see], { deadline: 2000 }), KEY);
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
    const definition = define([
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
    const { end, status } = await operator.reconcile(define([see]), KEY);
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
    const definition = define([judge]);
    await operator.reconcile(definition, KEY);
    expect((await operator.reconcile(definition, KEY)).end).toEqual({ kind: 'held' });
    expect(runs).toBe(1);
    await operator.reconcile(define([judge]), KEY);
    expect(runs).toBe(2);
    operator.have(wishType, wish('one', 5));
    const { status } = await operator.reconcile(definition, KEY);
    expect(status).toMatchObject({ phase: 'Ready', conditions: [{ type: 'Ready', status: 'True' }] });
  });

  it('is judged anew when somebody wiped what its status says', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', -1));
    const definition = define([]);
    await operator.reconcile(definition, KEY);
    operator.server.applyStatus(wishType, { ...wish('one', -1), status: {} }, 'zaibei-wish');
    const { end, status } = await operator.reconcile(definition, KEY);
    expect(end.kind).toBe('stalled');
    expect(status).toMatchObject({ phase: 'Stalled' });
  });
});
