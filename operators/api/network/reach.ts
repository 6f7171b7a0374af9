import { isolatingPolicies, matchesPeer, type ClusterPolicies } from './cluster-policies.ts';
import { isSamePod, type Endpoint, type PodEndpoint } from './endpoint.ts';
import type { Direction, PolicyRule, PortMatch } from './policy.ts';
import type { Protocol } from './protocol.ts';

/** What is to be opened at the destination. */
export interface DestinationPort {
  readonly protocol: Protocol;
  /** 1 to 65535, as the destination pod listens on it: a Service's port is translated before policies are asked. */
  readonly port: number;
}

/**
 * What one end's policies say, and why:
 * - `no-pod`: this end is no pod of the cluster, so none of its policies speak for it;
 * - `not-isolated`: no policy isolates the pod in this direction;
 * - `rule`: this rule of an isolating policy lets the connection through;
 * - `itself`: "a Pod cannot block access to itself";
 * - `own-node`: "traffic to and from the node where a Pod is running is always allowed";
 * - `isolated`: these policies isolate the pod, and no rule of theirs matches.
 *
 * The quotations are from the Network Policies page of the Kubernetes documentation.
 */
export type SideVerdict =
  | { readonly allowed: true; readonly because: 'no-pod' | 'not-isolated' | 'itself' | 'own-node' }
  | {
      readonly allowed: true;
      readonly because: 'rule';
      /** `namespace/name`. */
      readonly policy: string;
      /** Place of the rule in the policy's list, from 0. */
      readonly rule: number;
    }
  | { readonly allowed: false; readonly because: 'isolated'; readonly policies: readonly string[] };

/** Whether a connection may be opened: both ends must agree. Replies belong to the connection and are not asked about. */
export interface Verdict {
  readonly allowed: boolean;
  /** What the policies on the source say. */
  readonly egress: SideVerdict;
  /** What the policies on the destination say. */
  readonly ingress: SideVerdict;
}

/**
 * Whether the source may open a connection to that port of the destination. Policies only add up: a connection passes a
 * side if any rule of any isolating policy matches, and their order means nothing. Where several match, the reason is the
 * first by policy name and place.
 * @throws NetworkPolicyError `ZB-NPL-002` when the namespace of an end is not among the cluster's
 */
export function mayReach(
  cluster: ClusterPolicies,
  source: Endpoint,
  destination: Endpoint,
  port: DestinationPort,
): Verdict {
  const egress = judgeSide(cluster, 'egress', source, destination, destination, port);
  const ingress = judgeSide(cluster, 'ingress', destination, source, destination, port);
  return { allowed: egress.allowed && ingress.allowed, egress, ingress };
}

/** What the policies that select `subject` say about `peer` at the other end. */
function judgeSide(
  cluster: ClusterPolicies,
  direction: Direction,
  subject: Endpoint,
  peer: Endpoint,
  destination: Endpoint,
  port: DestinationPort,
): SideVerdict {
  if (subject.kind !== 'pod') return { allowed: true, because: 'no-pod' };
  if (isSamePod(subject, peer)) return { allowed: true, because: 'itself' };
  if (isOwnNode(subject, peer)) return { allowed: true, because: 'own-node' };
  const policies = isolatingPolicies(cluster, direction, subject);
  if (policies.length === 0) return { allowed: true, because: 'not-isolated' };
  for (const policy of policies) {
    const rule = policy.rules[direction]?.find(
      ({ peers, ports }) =>
        matchesPorts(ports, destination, port) &&
        (peers === 'anyone' || peers.some((candidate) => matchesPeer(cluster, policy, candidate, peer))),
    );
    if (rule !== undefined) return { allowed: true, because: 'rule', policy: policy.key, rule: rule.index };
  }
  return { allowed: false, because: 'isolated', policies: policies.map(({ key }) => key) };
}

function isOwnNode(pod: PodEndpoint, peer: Endpoint): boolean {
  return peer.kind === 'address' && peer.address === pod.nodeAddress;
}

function matchesPorts(ports: PolicyRule['ports'], destination: Endpoint, wanted: DestinationPort): boolean {
  return ports === 'all' || ports.some((match) => matchesPort(match, destination, wanted));
}

/** A name means the destination's port of that name, in egress rules too; what is no pod has no names. */
function matchesPort(match: PortMatch, destination: Endpoint, { protocol, port }: DestinationPort): boolean {
  if (match.protocol !== protocol) return false;
  switch (match.kind) {
    case 'all':
      return true;
    case 'range':
      return match.first <= port && port <= match.last;
    case 'named':
      return (
        destination.kind === 'pod' &&
        destination.namedPorts.some(
          (named) => named.name === match.name && named.protocol === protocol && named.port === port,
        )
      );
  }
}
