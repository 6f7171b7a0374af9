import fc from 'fast-check';
import { expect, test } from 'vitest';

import { reachabilityMatrix, type ReachabilityCell } from './reachability-matrix.ts';
import { sampleCluster, sampleEndpoint, samplePods } from './testing/sample-cluster.ts';

const policies = `
  metadata: { name: default-deny }
  spec: { policyTypes: [Ingress, Egress] }
---
  metadata: { name: web-from-prod }
  spec:
    podSelector: { matchLabels: { app: web } }
    ingress: [{ from: [{ namespaceSelector: { matchLabels: { purpose: production } } }], ports: [{ port: http }, { port: 9000, endPort: 9009 }] }]
---
  metadata: { name: default-deny, namespace: dev }
  spec: { policyTypes: [Ingress, Egress] }`;

const endpoints = [...[...samplePods.keys()].map(sampleEndpoint), sampleEndpoint('203.0.113.7')];

function cell(matrix: readonly ReachabilityCell[], source: string, destination: string) {
  return matrix.find((candidate) => candidate.source === source && candidate.destination === destination)
    ?.openings;
}

test('has one cell for each ordered pair of places, in alphabetical order', () => {
  const matrix = reachabilityMatrix(sampleCluster(policies), endpoints);
  const places = ['203.0.113.7', 'default', 'dev', 'prod'];
  expect(matrix.map(({ source, destination }) => [source, destination])).toEqual(
    places.flatMap((source) => places.map((destination) => [source, destination])),
  );
});

test('a cell lists the ranges of ports with the reason and the pairs that have them', () => {
  const matrix = reachabilityMatrix(sampleCluster(policies), endpoints);
  const reason = {
    egress: { allowed: true, because: 'not-isolated' },
    ingress: { allowed: true, because: 'rule', policy: 'default/web-from-prod', rule: 0 },
  };
  const pairs = [
    { source: 'monitor', destination: 'web' },
    { source: 'web', destination: 'web' },
  ];
  expect(cell(matrix, 'prod', 'default')).toEqual([
    { protocol: 'TCP', firstPort: 8080, lastPort: 8080, ...reason, pairs },
    { protocol: 'TCP', firstPort: 9000, lastPort: 9009, ...reason, pairs },
  ]);
});

test('nothing allowed is an empty cell; everything allowed is one range per protocol', () => {
  const matrix = reachabilityMatrix(sampleCluster(policies), endpoints);
  expect(cell(matrix, 'dev', 'prod')).toEqual([]);
  expect(
    cell(matrix, '203.0.113.7', 'prod')?.map(({ protocol, firstPort, lastPort }) => [
      protocol,
      firstPort,
      lastPort,
    ]),
  ).toEqual([
    ['SCTP', 1, 65_535],
    ['TCP', 1, 65_535],
    ['UDP', 1, 65_535],
  ]);
});

test('the order of the endpoints does not matter', () => {
  const expected = reachabilityMatrix(sampleCluster(policies), endpoints);
  fc.assert(
    fc.property(fc.shuffledSubarray(endpoints, { minLength: endpoints.length }), (shuffled) => {
      expect(reachabilityMatrix(sampleCluster(policies), shuffled)).toEqual(expected);
    }),
    { numRuns: 10 },
  );
});
