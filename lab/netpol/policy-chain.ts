import { createHash } from 'node:crypto';

import {
  matchesPeer,
  type ClusterPolicies,
  type Direction,
  type Peer,
  type PodEndpoint,
  type Policy,
  type PolicyRule,
  type PortMatch,
} from '../../operators/api/network/index.ts';
import { comment, inlineSet, renderChain } from './nft-text.ts';

/** The kernel takes 255 characters; names of policies and namespaces together may be longer. */
const LONGEST_NAME = 200;

/** The address that a packet carries of the peer: the other end than the one that the policy selects. */
const PEER_FIELD = { egress: 'ip daddr', ingress: 'ip saddr' } as const satisfies Record<Direction, string>;

/** What a policy chain is rendered from besides the policy: who could be a peer. */
export interface PeerFacts {
  readonly cluster: ClusterPolicies;
  /** The known pods, in the order in which sets are to list them. */
  readonly pods: readonly PodEndpoint[];
}

/** Name of the chain with what the policy lets through in that direction. */
export function policyChainName(direction: Direction, { key }: Policy): string {
  const name = `${direction}-of-${key}`;
  if (name.length <= LONGEST_NAME) return name;
  return `${direction}-of-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/**
 * The chain of one policy and direction: a line per way through, and nothing that drops, since policies only add up. A
 * rule's line holds one condition on the peer and one on the port, so a rule with several of both becomes their product.
 */
export function renderPolicyChain(direction: Direction, policy: Policy, facts: PeerFacts): string[] {
  const rules = policy.rules[direction] ?? [];
  const lines = rules.flatMap((rule) =>
    peerConditions(direction, policy, rule, facts).flatMap((peer) =>
      portConditions(rule, facts.pods).map((port) =>
        [peer, port, 'accept', comment(`${direction}[${rule.index}]`)]
          .filter((part) => part !== '')
          .join(' '),
      ),
    ),
  );
  return renderChain(policyChainName(direction, policy), lines);
}

/** One condition per way to be a peer; an empty one is met by everyone, an empty list by no one. */
function peerConditions(
  direction: Direction,
  policy: Policy,
  rule: PolicyRule,
  { cluster, pods }: PeerFacts,
): string[] {
  if (rule.peers === 'anyone') return [''];
  const field = PEER_FIELD[direction];
  const selectors = rule.peers.filter((peer) => peer.kind === 'pods');
  const addresses = pods
    .filter((pod) => selectors.some((peer) => matchesPeer(cluster, policy, peer, pod)))
    .map(({ address }) => address);
  return [
    ...(addresses.length > 0 ? [`${field} ${inlineSet(addresses)}`] : []),
    ...rule.peers.flatMap((peer) => blockCondition(field, peer)),
  ];
}

/** Exceptions are conditions of their own, because nft refuses sets whose elements overlap. Pods of the lab have IPv4 only. */
function blockCondition(field: string, peer: Peer): string[] {
  if (peer.kind !== 'block' || peer.block.family !== 'ipv4') return [];
  const except = peer.except.filter(({ family }) => family === 'ipv4');
  return [[`${field} ${peer.block.cidr}`, ...except.map(({ cidr }) => `${field} != ${cidr}`)].join(' ')];
}

function portConditions({ ports }: PolicyRule, pods: readonly PodEndpoint[]): string[] {
  return ports === 'all' ? [''] : ports.flatMap((match) => portCondition(match, pods));
}

function portCondition(match: PortMatch, pods: readonly PodEndpoint[]): string[] {
  const protocol = match.protocol.toLowerCase();
  switch (match.kind) {
    case 'all':
      return [`meta l4proto ${protocol}`];
    case 'range':
      return [
        `${protocol} dport ${match.first === match.last ? match.first : `${match.first}-${match.last}`}`,
      ];
    case 'named': {
      // Each pod has its own port of that name, so the address belongs to the condition.
      const ends = pods.flatMap(({ address, namedPorts }) =>
        namedPorts
          .filter(({ name, protocol: its }) => name === match.name && its === match.protocol)
          .map(({ port }) => `${address} . ${port}`),
      );
      return ends.length > 0 ? [`ip daddr . ${protocol} dport ${inlineSet(ends)}`] : [];
    }
  }
}
