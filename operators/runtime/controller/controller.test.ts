import { afterEach, describe, expect, it } from 'vitest';
import { reconciles } from '../../metrics/catalogue/runtime.ts';
import { StalledError, WaitingError } from '../errors/retry.ts';
import type { ApiObject, ObjectKey } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import { TestOperator } from '../testing/test-operator.ts';
import { wish, wishKind, wishType, type Wish } from '../testing/wish-kind.ts';
import { Controller, RESYNC } from './controller.ts';
import { trigger, type ControllerDefinition } from './controller-definition.ts';
import type { Step } from './step.ts';

/** Another kind, which a wish depends on. */
interface NumberedMap extends ApiObject {
  readonly data: { readonly number: number };
}

const mapType: ResourceType<NumberedMap> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  scope: 'Namespaced',
  // These tests write no others.
  keep: (parsed) => parsed as NumberedMap,
};

const stop = new Set<AbortController>();

afterEach(() => {
  for (const controller of stop) controller.abort();
  stop.clear();
});

/** Runs a controller over an operator's stores until the test ends. */
function start(
  operator: TestOperator,
  steps: readonly Step<Wish>[],
  rest: Partial<ControllerDefinition<Wish>> = {},
): { readonly end: () => Promise<void> } {
  const abort = new AbortController();
  stop.add(abort);
  const definition = { name: 'wish', kind: wishKind, triggers: [], steps, ...rest };
  const surroundings = { ...operator.dependencies, random: () => 0.5 };
  const running = new Controller<Wish>(definition, surroundings).run(abort.signal);
  return {
    end: () => {
      abort.abort();
      return running;
    },
  };
}

/** A step that notes its keys. */
function noting(): { readonly step: Step<Wish>; readonly keys: ObjectKey[] } {
  const keys: ObjectKey[] = [];
  return { step: ({ key }) => void keys.push(key), keys };
}

async function outcomes(operator: TestOperator): Promise<Record<string, number>> {
  const page = (await operator.metrics.render()).toString();
  const found = page.matchAll(new RegExp(`^${reconciles.name}{.*outcome="(\\w+)"} (\\d+)$`, 'gm'));
  return Object.fromEntries([...found].map(([, outcome = '', count]) => [outcome, Number(count)]));
}

describe('a controller', () => {
  it('runs over what is there, what comes and what changes, and not over what it wrote itself', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 1));
    const { step, keys } = noting();
    start(operator, [step]);
    await operator.clock.pass(0);
    expect(keys).toEqual(['tenant/one']);
    operator.have(wishType, wish('two', 2));
    operator.have(wishType, wish('one', 3));
    await operator.clock.pass(0);
    expect(keys).toEqual(['tenant/one', 'tenant/two', 'tenant/one']);
  });

  it('runs again when somebody else changed a status of its', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 1));
    start(operator, []);
    await operator.clock.pass(0);
    operator.server.applyStatus(wishType, { ...wish('one', 1), status: { seen: 9 } }, 'zaibei-wish');
    await operator.clock.pass(0);
    const status = operator.server.find(wishType, 'tenant/one')?.status;
    expect(status).toMatchObject({ phase: 'Ready' });
    expect(status).not.toHaveProperty('seen');
  });

  it('runs over the keys that another object concerns, before and after its change', async () => {
    const operator = new TestOperator();
    for (const name of ['one', 'two']) operator.have(wishType, wish(name, 0));
    const { step, keys } = noting();
    const { readers } = operator.dependencies;
    const map = (number: number) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'elsewhere', name: 'map' },
      data: { number },
    });
    operator.have(mapType, map(1));
    const keysOf = ({ data }: NumberedMap): ObjectKey[] => [data.number === 1 ? 'tenant/one' : 'tenant/two'];
    start(operator, [step], { triggers: [trigger(readers.of(mapType), keysOf)] });
    await operator.clock.pass(0);
    keys.length = 0;
    operator.have(mapType, map(2));
    await operator.clock.pass(0);
    expect(keys).toEqual(['tenant/one', 'tenant/two']);
  });

  it('looks at everything once in ten minutes, although nothing was heard of it', async () => {
    const operator = new TestOperator();
    for (const name of ['one', 'two']) operator.have(wishType, wish(name, 0));
    const { step, keys } = noting();
    start(operator, [step]);
    await operator.clock.pass(0);
    keys.length = 0;
    await operator.clock.pass(2 * RESYNC);
    expect(keys.toSorted()).toEqual(['tenant/one', 'tenant/two']);
  });

  it('never runs twice over one key at a time, and over no more keys than it has workers', async () => {
    const operator = new TestOperator();
    const names = Array.from({ length: 9 }, (_, index) => `w${index}`);
    const running = new Map<ObjectKey, number>();
    let most = 0;
    const slow: Step<Wish> = async ({ key }) => {
      running.set(key, (running.get(key) ?? 0) + 1);
      most = Math.max(most, running.size);
      expect(running.get(key)).toBe(1);
      await new Promise<void>((resolve) => operator.clock.after(100, resolve));
      running.delete(key);
    };
    start(operator, [slow], { workers: 3 });
    for (let round = 0; round < 5; round += 1) {
      for (const name of names) operator.have(wishType, wish(name, round));
      await operator.clock.pass(70);
    }
    await operator.clock.pass(5000);
    expect(most).toBe(3);
    for (const name of names)
      expect(operator.server.find(wishType, `tenant/${name}`)?.status).toMatchObject({ phase: 'Ready' });
  });
});

describe('what a run came to', () => {
  it('is counted once, and every outcome is there from the start', async () => {
    const operator = new TestOperator();
    start(operator, [
      ({ spec }) => {
        if (spec.number === 1) throw new WaitingError('ZB-TST-001', 'NotYet', 'not yet', 60_000);
        if (spec.number === 2) throw new StalledError('ZB-TST-002', 'spec.number', 'Two', 'two is wrong');
      },
    ]);
    expect(await outcomes(operator)).toEqual({ done: 0, waiting: 0, stalled: 0, failed: 0 });
    for (const number of [0, 1, 2, -1]) operator.have(wishType, wish(`w${number + 1}`, number));
    await operator.clock.pass(0);
    expect(await outcomes(operator)).toEqual({ done: 1, waiting: 1, stalled: 2, failed: 0 });
  });

  it('brings the key back: when asked, after a known wait, or backing off', async () => {
    const operator = new TestOperator();
    const runs: [string, number][] = [];
    const zero = operator.clock.elapsed();
    start(operator, [
      ({ object, again }) => {
        const { name } = object.metadata;
        runs.push([name, operator.clock.elapsed() - zero]);
        if (name === 'asks') again(7_000);
        if (name === 'waits') throw new WaitingError('ZB-TST-001', 'NotYet', 'not yet', 9_000);
        if (name === 'fails') throw new Error('no luck');
      },
    ]);
    for (const name of ['asks', 'waits', 'fails']) operator.have(wishType, wish(name, 0));
    await operator.clock.pass(10_000);
    const times = (of: string): number[] => runs.flatMap(([name, at]) => (name === of ? [at] : []));
    expect(times('asks')).toEqual([0, 7000]);
    expect(times('waits')).toEqual([0, 9000]);
    // Three quarters of 5, 10, 20 …: the random part stands at its middle.
    expect(times('fails').slice(0, 4)).toEqual([0, 3.75, 11.25, 26.25]);
    expect(times('fails')).toHaveLength(12);
  });

  it('is told in the status only when it has failed three times in a row', async () => {
    const operator = new TestOperator();
    let failures = 2;
    const statuses: string[] = [];
    operator.server.onCall = ({ verb, object }) => {
      if (verb === 'apply-status') statuses.push(object);
    };
    start(operator, [
      () => {
        failures -= 1;
        if (failures >= 0) throw new Error('a moment please');
      },
    ]);
    operator.have(wishType, wish('one', 0));
    await operator.clock.pass(1000);
    expect(operator.server.find(wishType, 'tenant/one')?.status).toMatchObject({ phase: 'Ready' });
    expect(statuses).toHaveLength(1);
    failures = 4;
    operator.have(wishType, wish('one', 1));
    await operator.clock.pass(20);
    expect(operator.server.find(wishType, 'tenant/one')?.status).toMatchObject({ phase: 'Failed' });
  });

  it('survives steps that throw what is no error, and an API server that refuses the status', async () => {
    const operator = new TestOperator();
    let refuse = true;
    operator.server.onCall = ({ verb }) => {
      if (verb === 'apply-status' && refuse) throw new Error('down');
    };
    start(operator, [
      ({ spec }) => {
        // What a library throws is not always an error.
        if (spec.number === 1 && refuse) throw 'a text' as unknown as Error;
      },
    ]);
    for (const name of ['one', 'two']) operator.have(wishType, wish(name, 1));
    await operator.clock.pass(1000);
    refuse = false;
    await operator.clock.pass(10_000);
    for (const key of ['tenant/one', 'tenant/two'])
      expect(operator.server.find(wishType, key)?.status).toMatchObject({ phase: 'Ready' });
  });
});

describe('a run that does not end', () => {
  it('keeps its key and lets its worker go on with others', async () => {
    const operator = new TestOperator();
    const { step, keys } = noting();
    const deaf: Step<Wish> = ({ spec }) => (spec.number === 1 ? new Promise(() => undefined) : undefined);
    start(operator, [step, deaf], { workers: 1, deadline: 5000 });
    operator.have(wishType, wish('deaf', 1));
    await operator.clock.pass(0);
    operator.have(wishType, wish('other', 2));
    operator.have(wishType, {
      ...wish('deaf', 1),
      metadata: { namespace: 'tenant', name: 'deaf', labels: {} },
    });
    await operator.clock.pass(14_999);
    expect(keys).toEqual(['tenant/deaf']);
    await operator.clock.pass(1);
    expect(keys).toEqual(['tenant/deaf', 'tenant/other']);
  });

  it('is ended with the controller, which writes nothing more and leaves no timer', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 1));
    let seen: unknown;
    const { end } = start(operator, [
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('ended'));
          });
        }),
      () => void (seen = 'a later step'),
    ]);
    await operator.clock.pass(100);
    await end();
    expect(seen).toBeUndefined();
    expect(operator.server.find(wishType, 'tenant/one')).not.toHaveProperty('status');
    expect(operator.clock.timers).toBe(0);
    expect(await outcomes(operator)).toEqual({ done: 0, waiting: 0, stalled: 0, failed: 0 });
  });
});

describe('a status write', () => {
  it('does not give an object the status of another that had its name before', async () => {
    const operator = new TestOperator();
    const first = operator.have(wishType, wish('one', 1));
    const statuses: unknown[] = [];
    operator.server.log.listen(({ object }) => {
      if (object.metadata.uid !== first.metadata.uid && object.status !== undefined)
        statuses.push(object.status);
    });
    start(operator, [
      ({ object, status, spec }) => {
        status.set({ seen: spec.number });
        if (object.metadata.uid !== first.metadata.uid) return;
        operator.server.delete(wishType, object);
        operator.server.create(wishType, wish('one', 2));
      },
    ]);
    await operator.clock.pass(1000);
    expect(statuses).toMatchObject([{ seen: 2 }]);
    expect(await outcomes(operator)).toMatchObject({ failed: 1, done: 1 });
  });
});
