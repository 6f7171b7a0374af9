import type { V1Namespace } from '@kubernetes/client-node';

import type { Endpoint, PodEndpoint } from './endpoint.ts';
import { matchesSelector, type Labels } from './label-selector.ts';
import { NetworkPolicyError } from './network-policy-error.ts';
import { parsePolicy, type Direction, type NetworkPolicy, type Peer, type Policy } from './policy.ts';
import { compareTexts } from '../text/text-order.ts';

/** Label that the API server sets on every namespace, so that policies can select one by name. */
const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** What of one cluster decides about connections: its policies, read and in order, and its namespaces' labels. */
export interface ClusterPolicies {
  /** Ordered by key, so that answers do not depend on the order in which an API server lists. */
  readonly policies: readonly Policy[];
  readonly namespaceLabels: ReadonlyMap<string, Labels>;
}

/**
 * Reads the objects that decide about connections in one cluster. Every namespace that has pods must be there; the label
 * `kubernetes.io/metadata.name` is added where it is missing, as the API server does.
 * @throws NetworkPolicyError `ZB-NPL-001` for a policy that an API server would refuse
 */
export function describeCluster(objects: {
  namespaces: readonly V1Namespace[];
  policies: readonly NetworkPolicy[];
}): ClusterPolicies {
  const namespaceLabels = new Map<string, Labels>();
  for (const { metadata: { name = '', labels = {} } = {} } of objects.namespaces) {
    namespaceLabels.set(name, { ...labels, [NAMESPACE_NAME_LABEL]: name });
  }
  const policies = objects.policies.map(parsePolicy).sort((one, other) => compareTexts(one.key, other.key));
  return { policies, namespaceLabels };
}

/**
 * The policies that isolate the pod in that direction. API documentation (NetworkPolicySpec): a pod is isolated in a
 * direction if a policy of its own namespace selects it and lists the direction in `policyTypes`; policies of other
 * namespaces never do.
 */
export function isolatingPolicies(
  cluster: ClusterPolicies,
  direction: Direction,
  pod: PodEndpoint,
): readonly Policy[] {
  return cluster.policies.filter(
    (policy) =>
      policy.namespace === pod.namespace &&
      policy.rules[direction] !== undefined &&
      matchesSelector(policy.selects, pod.labels),
  );
}

/**
 * Whether the endpoint is such a peer. API documentation (NetworkPolicyPeer): `podSelector` and `namespaceSelector` in one
 * peer must both hold; `podSelector` alone selects in the policy's own namespace.
 * @throws NetworkPolicyError `ZB-NPL-002` when the pod's namespace is not among the cluster's
 */
export function matchesPeer(
  cluster: ClusterPolicies,
  policy: Policy,
  peer: Peer,
  endpoint: Endpoint,
): boolean {
  if (peer.kind === 'block') {
    return (
      peer.block.contains(endpoint.address) && !peer.except.some((block) => block.contains(endpoint.address))
    );
  }
  if (endpoint.kind === 'address') return false;
  const inNamespace =
    peer.namespaces === 'own'
      ? endpoint.namespace === policy.namespace
      : matchesSelector(peer.namespaces, labelsOfNamespace(cluster, endpoint));
  return inNamespace && matchesSelector(peer.pods, endpoint.labels);
}

function labelsOfNamespace(cluster: ClusterPolicies, { namespace, name }: PodEndpoint): Labels {
  const labels = cluster.namespaceLabels.get(namespace);
  if (labels === undefined) {
    const problem = `its namespace is not among those given, so its labels are not known; add the Namespace`;
    throw new NetworkPolicyError('ZB-NPL-002', `Pod ${namespace}/${name}`, problem);
  }
  return labels;
}
