import {
  isolatingPolicies,
  type ClusterPolicies,
  type Direction,
  type PodEndpoint,
} from '../../operators/api/network/index.ts';
import { comment, renderChain, renderSet, renderVerdictMap } from './nft-text.ts';
import { policyChainName, renderPolicyChain } from './policy-chain.ts';

/** The nftables table that the enforcer owns; whatever else is in it is gone at the next change. */
export const TABLE = 'zaibei-netpol';

/** What a ruleset is made of. */
export interface RulesetFacts {
  /** The centre's own pod network. Those of its addresses that belong to no known pod are shut off both ways. */
  readonly podNetwork: string;
  /** The known pods of the centre, each with an address of its own. */
  readonly pods: readonly PodEndpoint[];
  readonly cluster: ClusterPolicies;
}

/** Which address of a packet is that of the pod whose policies a direction asks, and when its chain gets the packet. */
const SIDES = {
  egress: { field: 'ip saddr', priority: 'filter - 20' },
  ingress: { field: 'ip daddr', priority: 'filter - 10' },
} as const satisfies Record<Direction, { field: string; priority: string }>;

/**
 * Renders NetworkPolicies as one nftables ruleset, to be loaded as a whole by `nft -f -` (one transaction: no packet meets
 * a half-loaded table). Deterministic: the same facts in any order give the same text.
 *
 * Both ends must agree, so there are two base chains, one after the other: `accept` in the first hands the packet to the
 * second, `drop` in either is final. Each looks up the chain of the isolated pod; that one asks the chain of each of the
 * pod's policies in turn, and drops what none of them accepts. Pods that nothing isolates are in no map and pass.
 *
 * All hang on the forward hook: packets between a pod and its own node are input and output, never forwarded, so they are
 * always allowed, as the API wants it and the kubelet's probes need it. Destinations are seen after the translation of
 * Services and NodePorts, so policies speak of the pods and their ports.
 *
 * Connections are judged by every packet from the side that opened them, not only by the first: one that a new policy
 * forbids stops at once. What comes back (replies, errors) passes: it is worth nothing without what it answers.
 */
export function renderRuleset(facts: RulesetFacts): string {
  const pods = facts.pods.toSorted((one, other) => compareAddresses(one.address, other.address));
  const addresses = pods.map(({ address }) => address);
  const lines = [
    // Adding the table first lets the deletion succeed when there is none yet.
    `table inet ${TABLE}`,
    `delete table inet ${TABLE}`,
    `table inet ${TABLE} {`,
    ...renderSet('known', 'ipv4_addr', addresses),
    ...renderSet(
      'itself',
      'ipv4_addr . ipv4_addr',
      addresses.map((address) => `${address} . ${address}`),
    ),
    ...renderSide('egress', { ...facts, pods }),
    ...renderSide('ingress', { ...facts, pods }),
    '}',
  ];
  return lines.join('\n') + '\n';
}

function renderSide(direction: Direction, { podNetwork, pods, cluster }: RulesetFacts): string[] {
  const { field, priority } = SIDES[direction];
  const isolated = pods
    .map((pod) => ({ pod, policies: isolatingPolicies(cluster, direction, pod) }))
    .filter(({ policies }) => policies.length > 0);
  const used = new Set(isolated.flatMap(({ policies }) => policies));
  return [
    ...cluster.policies
      .filter((policy) => used.has(policy))
      .flatMap((policy) => renderPolicyChain(direction, policy, { cluster, pods })),
    ...isolated.flatMap(({ pod, policies }) =>
      renderChain(`${direction}-${pod.address}`, [
        ...policies.map((policy) => `jump ${policyChainName(direction, policy)}`),
        `counter drop ${comment(`${pod.namespace}/${pod.name}`)}`,
      ]),
    ),
    ...renderVerdictMap(
      `${direction}-isolated`,
      'ipv4_addr',
      isolated.map(({ pod: { address } }) => `${address} : goto ${direction}-${address}`),
    ),
    ...renderChain(direction, [
      `type filter hook forward priority ${priority}; policy accept;`,
      'ct direction reply accept',
      // A pod that reaches itself through a Service is forwarded; it "cannot block access to itself".
      'ip saddr . ip daddr @itself accept',
      // A pod that starts has its address before the API knows; until its policies are known, nothing passes.
      `${field} ${podNetwork} ${field} != @known counter drop comment "unknown pod"`,
      `${field} vmap @${direction}-isolated`,
    ]),
  ];
}

/** By number, so that lists read as people count: 10.91.1.9 before 10.91.1.10. */
function compareAddresses(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
