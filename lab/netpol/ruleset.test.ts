import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { describeCluster, podEndpoint, PROTOCOLS } from '../../operators/api/network/index.ts';
import {
  networkPolicies,
  type PolicyVocabulary,
} from '../../operators/api/network/testing/policy-arbitraries.ts';
import {
  sampleCluster,
  sampleNamespaces,
  samplePods,
} from '../../operators/api/network/testing/sample-cluster.ts';
import { execute } from '../execute.ts';
import { renderRuleset } from './ruleset.ts';

const podNetwork = '10.0.0.0/16';
const pods = [...samplePods.values()].map((pod) => podEndpoint(pod)).filter((pod) => pod.kind === 'pod');

/** Lets the real nft check the ruleset, in an empty network namespace, without loading it. Needs root. */
async function check(ruleset: string): Promise<void> {
  await execute('unshare', ['--net', 'nft', '--check', '--file', '-'], { input: ruleset });
}

describe('the ruleset', () => {
  const denyBothWays = `
    metadata: { name: default-deny }
    spec: { policyTypes: [Ingress, Egress] }`;

  test.each([
    ['nothing-known', [], ''],
    ['no-policies', pods, ''],
    ['default-deny', pods.slice(0, 3), denyBothWays],
    [
      'tenant',
      pods,
      `${denyBothWays}
---
    metadata: { name: web }
    spec:
      podSelector: { matchLabels: { app: web } }
      policyTypes: [Ingress, Egress]
      ingress:
        - from:
            - namespaceSelector: { matchLabels: { purpose: production } }
            - ipBlock: { cidr: 10.5.0.0/16, except: [10.5.1.0/24, 10.5.1.7/32] }
            - ipBlock: { cidr: '2001:db8::/32' }
          ports: [{ port: http }, { port: 9000, endPort: 9009 }]
        - from: [{ podSelector: { matchLabels: { app: nobody } } }]
      egress:
        - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: dev } } }]
        - ports: [{ port: 53, protocol: UDP }, { port: http }, { protocol: SCTP }]`,
    ],
  ])('%s is the reviewed one, and nft accepts it', async (name, knownPods, policies) => {
    const ruleset = renderRuleset({ podNetwork, pods: knownPods, cluster: sampleCluster(policies) });
    await check(ruleset);
    await expect(ruleset).toMatchFileSnapshot(`__golden__/${name}.nft`);
  });

  test('takes names as long as Kubernetes allows', async () => {
    const long = `${'n'.repeat(240)}.${'m'.repeat(12)}`;
    const ruleset = renderRuleset({
      podNetwork,
      pods: [
        { kind: 'pod', namespace: 'default', name: long, labels: {}, address: '10.0.0.1', namedPorts: [] },
      ],
      cluster: describeCluster({
        namespaces: sampleNamespaces,
        policies: [{ metadata: { namespace: 'default', name: long }, spec: { ingress: [{}] } }],
      }),
    });
    await expect(check(ruleset)).resolves.toBeUndefined();
  });
});

describe('for any policies', () => {
  const vocabulary: PolicyVocabulary = {
    namespaces: ['default', 'prod', 'dev'],
    blocks: [
      { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '10.0.0.0/16', '10.0.1.0/24'] },
      { cidr: '10.0.0.7/24', except: ['10.0.0.7/32'] },
      { cidr: '::/0', except: ['2001:db8::/32'] },
    ],
    ports: [1, 80, 443, 65_535],
    portNames: ['http', 'none'],
    protocols: PROTOCOLS,
  };

  test('nft accepts the ruleset', async () => {
    await fc.assert(
      fc.asyncProperty(networkPolicies(vocabulary), async (policies) => {
        await check(
          renderRuleset({
            podNetwork,
            pods,
            cluster: describeCluster({ namespaces: sampleNamespaces, policies }),
          }),
        );
      }),
      { numRuns: 40 },
    );
  });

  test('the order of pods and policies does not change the text', () => {
    fc.assert(
      fc.property(
        networkPolicies(vocabulary),
        fc.shuffledSubarray(pods, { minLength: pods.length }),
        (policies, shuffled) => {
          const text = (facts: { pods: typeof pods; policies: typeof policies }) =>
            renderRuleset({
              podNetwork,
              pods: facts.pods,
              cluster: describeCluster({ namespaces: sampleNamespaces, policies: facts.policies }),
            });
          expect(text({ pods: shuffled, policies: policies.toReversed() })).toBe(text({ pods, policies }));
        },
      ),
    );
  });
});
