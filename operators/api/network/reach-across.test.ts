import { expect, test } from 'vitest';

import { describeCluster } from './cluster-policies.ts';
import { podEndpoint } from './endpoint.ts';
import { mayReachAcross } from './reach-across.ts';
import { sampleCluster, sampleEndpoint, sampleNamespaces, samplePod } from './testing/sample-cluster.ts';

/** The database of another centre, whose namespaces and labels are those of ours; its addresses are not. */
const database = podEndpoint(samplePod('default/web', '10.5.0.7', { app: 'web' }, { postgres: 5432 }));
const source = sampleEndpoint('prod/web');
const port = { protocol: 'TCP', port: 5432 } as const;

const open = describeCluster({ namespaces: sampleNamespaces, policies: [] });
const egressTo = (cidr: string, number: number) =>
  sampleCluster(`
    metadata: { name: to-other-centre, namespace: prod }
    spec: { policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: ${cidr} } }], ports: [{ port: ${number} }] }] }`);
const ingressFrom = (peer: string) =>
  sampleCluster(`
    metadata: { name: from-other-centre }
    spec: { ingress: [{ from: [${peer}], ports: [{ port: postgres }] }] }`);

test('egress is judged by the policies of the source, ingress by those of the destination', () => {
  const verdict = mayReachAcross(
    { cluster: egressTo('10.5.0.0/16', 5432), endpoint: source },
    { cluster: ingressFrom('{ ipBlock: { cidr: 10.0.1.0/24 } }'), endpoint: database },
    port,
  );
  expect(verdict).toEqual({
    allowed: true,
    egress: { allowed: true, because: 'rule', policy: 'prod/to-other-centre', rule: 0 },
    ingress: { allowed: true, because: 'rule', policy: 'default/from-other-centre', rule: 0 },
  });
});

test('the other centre’s pods match no selector, however alike their labels are', () => {
  const verdict = mayReachAcross(
    { cluster: open, endpoint: source },
    { cluster: ingressFrom('{ namespaceSelector: {} }'), endpoint: database },
    port,
  );
  expect(verdict.ingress).toEqual({
    allowed: false,
    because: 'isolated',
    policies: ['default/from-other-centre'],
  });
});

test('through a NodePort, egress is judged at the node’s address and port, ingress at the pod’s port', () => {
  const destination = { cluster: ingressFrom('{ ipBlock: { cidr: 10.0.1.1/32 } }'), endpoint: database };
  const dialled = { address: '192.168.9.1', port: 30_432 };
  const through = { cluster: egressTo('192.168.9.1/32', 30_432), endpoint: source };
  expect(mayReachAcross(through, destination, port, dialled).allowed).toBe(true);
  expect(mayReachAcross(through, destination, port).egress.allowed).toBe(false);
});
