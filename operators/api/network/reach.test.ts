import { describe, expect, test } from 'vitest';

import { describeCluster } from './cluster-policies.ts';
import { podEndpoint } from './endpoint.ts';
import { mayReach } from './reach.ts';
import { ask, NODE_ADDRESS, sampleCluster, sampleEndpoint, samplePod } from './testing/sample-cluster.ts';

const denyAll = `
  metadata: { name: deny-all }
  spec: { policyTypes: [Ingress, Egress] }`;

describe('the reason', () => {
  const cluster = sampleCluster(`
    metadata: { name: second, namespace: prod }
    spec: { podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: {} }] }, { ports: [{ port: 80 }] }] }
---
    metadata: { name: first, namespace: prod }
    spec: {}
---
${denyAll}`);

  test.each([
    [
      'prod/monitor -> prod/web TCP/80',
      { because: 'not-isolated' },
      { because: 'rule', policy: 'prod/second', rule: 0 },
    ],
    [
      'dev/web -> prod/web TCP/80',
      { because: 'not-isolated' },
      { because: 'rule', policy: 'prod/second', rule: 1 },
    ],
    [
      'dev/web -> prod/web TCP/81',
      { because: 'not-isolated' },
      { because: 'isolated', policies: ['prod/first', 'prod/second'] },
    ],
    [
      'default/web -> prod/monitor TCP/80',
      { because: 'isolated', policies: ['default/deny-all'] },
      { because: 'isolated', policies: ['prod/first'] },
    ],
    [
      '8.8.8.8 -> prod/web TCP/80',
      { because: 'no-pod' },
      { because: 'rule', policy: 'prod/second', rule: 1 },
    ],
    ['default/web -> default/web TCP/80', { because: 'itself' }, { because: 'itself' }],
    [`default/web -> ${NODE_ADDRESS} TCP/22`, { because: 'own-node' }, { because: 'no-pod' }],
    ['8.8.8.8 -> 9.9.9.9 TCP/22', { because: 'no-pod' }, { because: 'no-pod' }],
  ])('of %s', (question, egress, ingress) => {
    expect(ask(cluster, question)).toMatchObject({ egress, ingress });
  });
});

describe('a pod of the host’s network', () => {
  const agent = podEndpoint({
    metadata: { namespace: 'default', name: 'agent', labels: { app: 'web' } },
    spec: { hostNetwork: true, containers: [] },
    status: { podIP: NODE_ADDRESS, hostIP: NODE_ADDRESS },
  });
  const port = { protocol: 'TCP', port: 80 } as const;

  test('is not selected by policies, neither as the pod nor as a peer', () => {
    const cluster = sampleCluster(`
      metadata: { name: from-web, namespace: prod }
      spec: { ingress: [{ from: [{ namespaceSelector: {} }] }] }
---
${denyAll}`);
    expect(mayReach(cluster, agent, sampleEndpoint('dev/web'), port).allowed).toBe(true);
    const elsewhere = podEndpoint(samplePod('prod/far', '10.9.9.9', {}, {}, '192.168.7.2'));
    expect(mayReach(cluster, agent, elsewhere, port).ingress).toMatchObject({ because: 'isolated' });
  });

  test('is its node, which the pods of that node always reach', () => {
    const verdict = mayReach(sampleCluster(denyAll), sampleEndpoint('default/web'), agent, port);
    expect(verdict.egress).toEqual({ allowed: true, because: 'own-node' });
  });
});

describe('named ports', () => {
  const cluster = sampleCluster(`
    metadata: { name: to-metrics }
    spec: { ingress: [{ ports: [{ port: metrics }] }] }`);
  const pod = podEndpoint({
    metadata: { namespace: 'default', name: 'db' },
    spec: {
      containers: [{ name: 'db', ports: [{ name: 'metrics', protocol: 'UDP', containerPort: 1 }] }],
      initContainers: [
        { name: 'prepare', ports: [{ name: 'metrics', containerPort: 2 }] },
        { name: 'exporter', restartPolicy: 'Always', ports: [{ name: 'metrics', containerPort: 3 }] },
      ],
    },
    status: { podIP: '10.0.0.9' },
  });

  test.each([
    ['of another protocol do not count', 1, false],
    ['of an init container that ends do not count', 2, false],
    ['of an init container that keeps running count', 3, true],
  ])('%s', (_, port, allowed) => {
    expect(mayReach(cluster, sampleEndpoint('default/web'), pod, { protocol: 'TCP', port }).allowed).toBe(
      allowed,
    );
  });
});

test('a pod without an address is refused, because a block could not be held against it', () => {
  const pending = { metadata: { namespace: 'default', name: 'new' }, status: { hostIP: NODE_ADDRESS } };
  expect(() => podEndpoint(pending)).toThrow(
    'ZB-NPL-002 Pod default/new: needs a namespace, a name and an address',
  );
});

test('a pod whose namespace is not known is refused as soon as its labels matter', () => {
  const cluster = describeCluster({
    namespaces: [{ metadata: { name: 'default' } }],
    policies: [
      {
        metadata: { namespace: 'default', name: 'p' },
        spec: { ingress: [{ from: [{ namespaceSelector: { matchLabels: { purpose: 'production' } } }] }] },
      },
    ],
  });
  expect(() => ask(cluster, 'prod/web -> default/web TCP/80')).toThrow(
    'ZB-NPL-002 Pod prod/web: its namespace is not among',
  );
});
