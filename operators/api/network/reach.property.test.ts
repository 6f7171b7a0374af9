import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { describeCluster } from './cluster-policies.ts';
import { addressEndpoint, type Endpoint, type PodEndpoint } from './endpoint.ts';
import type { Labels } from './label-selector.ts';
import { openings, reasonOf } from './openings.ts';
import { parsePolicy, type EgressRule, type IngressRule, type NetworkPolicy } from './policy.ts';
import { PROTOCOLS, type Protocol } from './protocol.ts';
import { mayReach, type DestinationPort } from './reach.ts';
import {
  egressRule,
  ingressRule,
  namespaceLabels,
  networkPolicies,
  networkPolicy,
  podLabels,
  type PolicyVocabulary,
} from './testing/policy-arbitraries.ts';

const vocabulary: PolicyVocabulary = {
  namespaces: ['a', 'b'],
  blocks: [
    { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '10.0.1.0/24'] },
    { cidr: '10.0.0.0/30', except: ['10.0.0.1/32'] },
  ],
  ports: [53, 80, 81, 443],
  portNames: ['http', 'dns'],
  protocols: PROTOCOLS,
};

/** A cluster of two namespaces with two pods each, and something outside. */
interface World {
  readonly labels: readonly [Labels, Labels];
  readonly endpoints: readonly Endpoint[];
  readonly policies: readonly NetworkPolicy[];
}

const pod = (namespace: string, number: number): fc.Arbitrary<PodEndpoint> =>
  podLabels.map((labels) => ({
    kind: 'pod',
    namespace,
    name: `pod${number}`,
    labels,
    address: `10.0.${namespace === 'a' ? 0 : 1}.${number}`,
    namedPorts: [{ name: 'http', protocol: 'TCP', port: number === 1 ? 80 : 81 }],
  }));

const worlds: fc.Arbitrary<World> = fc.record({
  labels: fc.tuple(namespaceLabels, namespaceLabels),
  endpoints: fc
    .tuple(pod('a', 1), pod('a', 2), pod('b', 1), pod('b', 2))
    .map((pods) => [...pods, addressEndpoint('203.0.113.7')]),
  policies: networkPolicies(vocabulary),
});

const destinationPorts: readonly DestinationPort[] = PROTOCOLS.flatMap((protocol) =>
  [1, 53, 80, 81, 443, 65_535].map((port) => ({ protocol, port })),
);

function clusterOf({ labels: [a, b] }: World, policies: readonly NetworkPolicy[]) {
  const namespaces = [
    { metadata: { name: 'a', labels: { ...a } } },
    { metadata: { name: 'b', labels: { ...b } } },
  ];
  return describeCluster({ namespaces, policies });
}

/** Every question that can be asked in the world, with the answer, as texts to compare. */
function answers(world: World, policies: readonly NetworkPolicy[]): string[] {
  const cluster = clusterOf(world, policies);
  return questions(world).map(([source, destination, port]) =>
    JSON.stringify([source, destination, port, mayReach(cluster, source, destination, port)]),
  );
}

/** The questions that are answered with yes. */
function allowed(world: World, policies: readonly NetworkPolicy[]): string[] {
  const cluster = clusterOf(world, policies);
  return questions(world)
    .filter(([source, destination, port]) => mayReach(cluster, source, destination, port).allowed)
    .map((question) => JSON.stringify(question));
}

function questions({ endpoints }: World): [Endpoint, Endpoint, DestinationPort][] {
  return endpoints.flatMap((source) =>
    endpoints.flatMap((destination) =>
      destinationPorts.map((port): [Endpoint, Endpoint, DestinationPort] => [source, destination, port]),
    ),
  );
}

describe('for any policies', () => {
  test('one more allow rule never takes a connection away', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.nat(),
        ingressRule(vocabulary),
        egressRule(vocabulary),
        (world, which, ingress, egress) => {
          fc.pre(world.policies.length > 0);
          const more = world.policies.map((policy, index) =>
            index === which % world.policies.length ? withRules(policy, ingress, egress) : policy,
          );
          const after = new Set(allowed(world, more));
          expect(allowed(world, world.policies).filter((question) => !after.has(question))).toEqual([]);
        },
      ),
    );
  });

  test('their order, and that of rules and peers, changes no answer but the place of a rule', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(answers(world, world.policies.toReversed())).toEqual(answers(world, world.policies));
        expect(allowed(world, world.policies.map(reversed))).toEqual(allowed(world, world.policies));
      }),
    );
  });

  test('policies of a namespace isolate no pod of another', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const cluster = clusterOf(
          world,
          world.policies.filter((policy) => policy.metadata?.namespace === 'a'),
        );
        const isolatedOutside = questions(world).filter(([source, destination, port]) => {
          const { egress, ingress } = mayReach(cluster, source, destination, port);
          return (isIn('b', source) && !egress.allowed) || (isIn('b', destination) && !ingress.allowed);
        });
        expect(isolatedOutside).toEqual([]);
      }),
    );
  });

  test('a policy without rules for pods that others isolate already takes nothing away', () => {
    fc.assert(
      fc.property(worlds, networkPolicy(vocabulary, 'more'), (world, { metadata, spec }) => {
        const isolating = (name: string): NetworkPolicy => ({
          metadata: { namespace: metadata?.namespace ?? 'a', name },
          spec: {
            ...(spec?.podSelector && { podSelector: spec.podSelector }),
            policyTypes: ['Ingress', 'Egress'],
          },
        });
        const before = [...world.policies, isolating('one')];
        expect(allowed(world, [...before, isolating('two')])).toEqual(allowed(world, before));
      }),
    );
  });

  test('the openings of a pair are exactly its allowed ports', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const cluster = clusterOf(world, world.policies);
        const wrong = questions(world).filter(([source, destination, port]) => {
          const { allowed, egress, ingress } = mayReach(cluster, source, destination, port);
          const covering = openings(cluster, source, destination).filter((opening) => covers(opening, port));
          const reasons = covering.map(reasonOf);
          return JSON.stringify(reasons) !== JSON.stringify(allowed ? [reasonOf({ egress, ingress })] : []);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

/** The policy with these rules added. Its types are written out first: what missing ones mean depends on the rules. */
function withRules(policy: NetworkPolicy, ingress: IngressRule, egress: EgressRule): NetworkPolicy {
  const { rules } = parsePolicy(policy);
  return {
    ...policy,
    spec: {
      ...policy.spec,
      policyTypes: [...(rules.ingress ? ['Ingress'] : []), ...(rules.egress ? ['Egress'] : [])],
      ingress: [...(policy.spec?.ingress ?? []), ingress],
      egress: [...(policy.spec?.egress ?? []), egress],
    },
  };
}

/** The policy with every list in it turned around. */
function reversed(policy: NetworkPolicy): NetworkPolicy {
  const { ingress = [], egress = [] } = policy.spec ?? {};
  return {
    ...policy,
    spec: {
      ...policy.spec,
      ingress: ingress
        .toReversed()
        .map(({ from = [], ports = [] }) => ({ from: from.toReversed(), ports: ports.toReversed() })),
      egress: egress
        .toReversed()
        .map(({ to = [], ports = [] }) => ({ to: to.toReversed(), ports: ports.toReversed() })),
    },
  };
}

function isIn(namespace: string, endpoint: Endpoint): boolean {
  return endpoint.kind === 'pod' && endpoint.namespace === namespace;
}

function covers(
  opening: { protocol: Protocol; firstPort: number; lastPort: number },
  { protocol, port }: DestinationPort,
): boolean {
  return opening.protocol === protocol && opening.firstPort <= port && port <= opening.lastPort;
}

test('without policies everything passes', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      expect(allowed(world, [])).toHaveLength(questions(world).length);
    }),
  );
});

test('with a default deny both ways in every namespace nothing passes but a pod to itself', () => {
  const denyAll = ['a', 'b'].map((namespace) => ({
    metadata: { namespace, name: 'default-deny' },
    spec: { policyTypes: ['Ingress', 'Egress'] },
  }));
  fc.assert(
    fc.property(worlds, (world) => {
      const cluster = clusterOf(world, denyAll);
      const passed = questions(world).filter(
        ([source, destination, port]) => mayReach(cluster, source, destination, port).allowed,
      );
      expect(passed).toEqual(questions(world).filter(([source, destination]) => source === destination));
    }),
  );
});
