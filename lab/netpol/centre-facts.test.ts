import { describe, expect, test } from 'vitest';

import { samplePod } from '../../operators/api/network/testing/sample-cluster.ts';
import { knownPods, NOTHING_KNOWN, rulesetOf, type CentreFacts } from './centre-facts.ts';

const web = samplePod('tenant/web', '10.0.0.99', { app: 'web' });
const facts: CentreFacts = {
  pods: [web],
  namespaces: [{ metadata: { name: 'tenant' } }],
  policies: [],
  attachments: [{ namespace: 'tenant', name: 'web', address: '10.0.0.1' }],
};

describe('a pod is known', () => {
  test('under the address that the node gave it, whatever the API says', () => {
    expect(knownPods(facts)).toMatchObject([
      { namespace: 'tenant', name: 'web', address: '10.0.0.1', labels: { app: 'web' } },
    ]);
  });

  test('before the API tells its address', () => {
    const starting = { metadata: { namespace: 'tenant', name: 'web' } };
    expect(knownPods({ ...facts, pods: [starting] })).toMatchObject([{ name: 'web', address: '10.0.0.1' }]);
  });
});

describe('a pod is not known', () => {
  test.each<[string, Partial<CentreFacts>]>([
    ['before the API tells its labels', { pods: [] }],
    ['before its namespace is', { namespaces: [] }],
    ['when its address is free again, though the API still tells it', { attachments: [] }],
    [
      'while another has the same address',
      { attachments: [...facts.attachments, { namespace: 'tenant', name: 'other', address: '10.0.0.1' }] },
    ],
    [
      'when it is of the host’s network',
      {
        pods: [
          { metadata: { namespace: 'tenant', name: 'web' }, spec: { hostNetwork: true, containers: [] } },
        ],
      },
    ],
  ])('%s', (_, missing) => {
    expect(knownPods({ ...facts, ...missing })).toEqual([]);
  });
});

test('the ruleset of nothing shuts the whole pod network', () => {
  const ruleset = rulesetOf('10.0.0.0/24', NOTHING_KNOWN);
  expect(ruleset).toContain('ip saddr 10.0.0.0/24 ip saddr != @known counter drop');
  expect(ruleset).toContain('ip daddr 10.0.0.0/24 ip daddr != @known counter drop');
  expect(ruleset).toContain('set known { type ipv4_addr; }');
});
