import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { samplePod } from '../../operators/api/network/testing/sample-cluster.ts';
import { NOTHING_KNOWN, rulesetOf, type CentreFacts } from './centre-facts.ts';
import { Enforcer } from './enforcer.ts';

const podNetwork = '10.0.0.0/24';
const facts: CentreFacts = {
  pods: [samplePod('tenant/web', '10.0.0.1', {}), samplePod('tenant/db', '10.0.0.2', {})],
  namespaces: [{ metadata: { name: 'tenant' } }],
  policies: [],
  attachments: [{ namespace: 'tenant', name: 'web', address: '10.0.0.1' }],
};
const more: CentreFacts = {
  ...facts,
  attachments: [...facts.attachments, { namespace: 'tenant', name: 'db', address: '10.0.0.2' }],
};
const broken = [{ metadata: { namespace: 'tenant', name: 'bad' }, spec: { policyTypes: ['Sideways'] } }];

const load = vi.fn<(ruleset: string) => Promise<void>>();
const log = vi.fn<(line: string) => void>();
let enforcer: Enforcer;
beforeEach(() => {
  vi.useFakeTimers();
  load.mockReset().mockResolvedValue();
  log.mockReset();
  enforcer = new Enforcer({ podNetwork, load, log });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Everything that has been loaded, in order. */
const loaded = (): string[] => load.mock.calls.map(([ruleset]) => ruleset);
/** Lets the time pass in which the ruleset follows a change. */
const follow = (): Promise<unknown> => vi.advanceTimersByTimeAsync(300);

test('it starts closed, and stays so until all facts have been heard of', async () => {
  await enforcer.close();
  const { policies, ...others } = facts;
  enforcer.learn(others);
  await follow();
  expect(loaded()).toEqual([rulesetOf(podNetwork, NOTHING_KNOWN)]);
  enforcer.learn({ policies });
  await follow();
  expect(loaded().slice(1)).toEqual([rulesetOf(podNetwork, facts)]);
});

test('it does not start when it cannot close', async () => {
  load.mockRejectedValue(new Error('nft is missing'));
  await expect(enforcer.close()).rejects.toThrow('nft is missing');
});

describe('once it knows the centre', () => {
  beforeEach(async () => {
    enforcer.learn(facts);
    await follow();
    load.mockClear();
  });

  test('a flock of changes is loaded once', async () => {
    for (let index = 0; index < 10; index += 1) enforcer.learn(index < 9 ? facts : more);
    await follow();
    expect(loaded()).toEqual([rulesetOf(podNetwork, more)]);
  });

  test('what changes nothing is not loaded', async () => {
    enforcer.learn({ pods: facts.pods.toReversed() });
    await follow();
    expect(loaded()).toEqual([]);
  });

  test('a ruleset that the kernel refuses leaves the last one in force, and is tried again', async () => {
    load.mockRejectedValueOnce(new Error('busy'));
    enforcer.learn(more);
    await follow();
    expect(log).toHaveBeenLastCalledWith(
      'kept the last ruleset, because the kernel refused the new one: Error: busy',
    );
    await vi.advanceTimersByTimeAsync(2_000);
    expect(loaded()).toEqual([rulesetOf(podNetwork, more), rulesetOf(podNetwork, more)]);
  });

  test('facts of which no ruleset can be made leave the last one in force until they change', async () => {
    enforcer.learn({ policies: broken });
    await follow();
    expect(loaded()).toEqual([]);
    expect(log).toHaveBeenLastCalledWith(
      expect.stringContaining('kept the last ruleset, because none can be made'),
    );
    enforcer.learn(more);
    await follow();
    expect(loaded()).toEqual([rulesetOf(podNetwork, more)]);
  });

  test('a newer ruleset is loaded after an older one, however long that takes', async () => {
    const { promise, release } = held();
    load.mockReturnValueOnce(promise);
    enforcer.learn(more);
    await follow();
    enforcer.learn(facts);
    await follow();
    expect(loaded()).toEqual([rulesetOf(podNetwork, more)]);
    release();
    await follow();
    expect(loaded()).toEqual([rulesetOf(podNetwork, more), rulesetOf(podNetwork, facts)]);
  });

  test('after it has stopped nothing is loaded any more', async () => {
    enforcer.learn(more);
    await enforcer.stop();
    await follow();
    expect(loaded()).toEqual([]);
  });
});

/** A promise that is kept when it is released. */
function held(): { promise: Promise<void>; release: () => void } {
  let release = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}
