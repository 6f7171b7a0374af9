import { describe, expect, it } from 'vitest';
import { StalledError, WaitingError } from '../errors/retry.ts';
import { TestOperator } from '../testing/test-operator.ts';
import { wish, wishType } from '../testing/wish-kind.ts';
import { outcomesOf, runController } from './testing/running-controller.ts';

describe('what a run came to', () => {
  it('is counted once, and every outcome is there from the start', async () => {
    const operator = new TestOperator();
    runController(operator, [
      ({ spec }) => {
        if (spec.number === 1) throw new WaitingError('ZB-TST-001', 'NotYet', 'not yet', 60_000);
        if (spec.number === 2) throw new StalledError('ZB-TST-002', 'spec.number', 'Two', 'two is wrong');
      },
    ]);
    expect(await outcomesOf(operator)).toEqual({ done: 0, waiting: 0, stalled: 0, failed: 0 });
    for (const number of [0, 1, 2, -1]) operator.have(wishType, wish(`w${number + 1}`, number));
    await operator.clock.pass(0);
    expect(await outcomesOf(operator)).toEqual({ done: 1, waiting: 1, stalled: 2, failed: 0 });
  });

  it('brings the key back: when asked, after a known wait, or backing off', async () => {
    const operator = new TestOperator();
    const runs: [string, number][] = [];
    const zero = operator.clock.elapsed();
    runController(operator, [
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
    runController(operator, [
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
    runController(operator, [
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

describe('a status write', () => {
  it('does not give an object the status of another that had its name before', async () => {
    const operator = new TestOperator();
    const first = operator.have(wishType, wish('one', 1));
    const statuses: unknown[] = [];
    operator.server.log.listen(({ object }) => {
      if (object.metadata.uid !== first.metadata.uid && object.status !== undefined)
        statuses.push(object.status);
    });
    runController(operator, [
      ({ object, status, spec }) => {
        status.set({ seen: spec.number });
        if (object.metadata.uid !== first.metadata.uid) return;
        operator.server.delete(wishType, object);
        operator.server.create(wishType, wish('one', 2));
      },
    ]);
    await operator.clock.pass(1000);
    expect(statuses).toMatchObject([{ seen: 2 }]);
    expect(await outcomesOf(operator)).toMatchObject({ failed: 1, done: 1 });
  });
});
