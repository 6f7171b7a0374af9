import { describe, expect, it } from 'vitest';
import type { ApiObject, ObjectKey } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import { TestOperator } from '../testing/test-operator.ts';
import { wish, wishType, type Wish } from '../testing/wish-kind.ts';
import { RESYNC } from './controller.ts';
import { trigger } from './controller-definition.ts';
import type { Step } from './step.ts';
import { notingStep, outcomesOf, runController } from './testing/running-controller.ts';

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

describe('a controller', () => {
  it('runs over what is there, what comes and what changes, and not over what it wrote itself', async () => {
    const operator = new TestOperator();
    operator.have(wishType, wish('one', 1));
    const { step, keys } = notingStep();
    runController(operator, [step]);
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
    runController(operator, []);
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
    const { step, keys } = notingStep();
    const { readers } = operator.dependencies;
    const map = (number: number) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'elsewhere', name: 'map' },
      data: { number },
    });
    operator.have(mapType, map(1));
    const keysOf = ({ data }: NumberedMap): ObjectKey[] => [data.number === 1 ? 'tenant/one' : 'tenant/two'];
    runController(operator, [step], { triggers: [trigger(readers.of(mapType), keysOf)] });
    await operator.clock.pass(0);
    keys.length = 0;
    operator.have(mapType, map(2));
    await operator.clock.pass(0);
    expect(keys).toEqual(['tenant/one', 'tenant/two']);
  });

  it('looks at everything once in ten minutes, although nothing was heard of it', async () => {
    const operator = new TestOperator();
    for (const name of ['one', 'two']) operator.have(wishType, wish(name, 0));
    const { step, keys } = notingStep();
    runController(operator, [step]);
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
    runController(operator, [slow], { workers: 3 });
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

describe('a run that does not end', () => {
  it('keeps its key and lets its worker go on with others', async () => {
    const operator = new TestOperator();
    const { step, keys } = notingStep();
    const deaf: Step<Wish> = ({ spec }) => (spec.number === 1 ? new Promise(() => undefined) : undefined);
    runController(operator, [step, deaf], { workers: 1, deadline: 5000 });
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
    const { end } = runController(operator, [
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
    expect(await outcomesOf(operator)).toEqual({ done: 0, waiting: 0, stalled: 0, failed: 0 });
  });
});
