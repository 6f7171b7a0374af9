import type { V1Namespace, V1Pod } from '@kubernetes/client-node';

import {
  describeCluster,
  podEndpoint,
  type NetworkPolicy,
  type PodEndpoint,
} from '../../operators/api/network/index.ts';
import type { Attachment } from './attachments.ts';
import { renderRuleset } from './ruleset.ts';

/** Everything that the ruleset of a centre follows from. */
export interface CentreFacts {
  readonly pods: readonly V1Pod[];
  readonly namespaces: readonly V1Namespace[];
  readonly policies: readonly NetworkPolicy[];
  readonly attachments: readonly Attachment[];
}

/** The facts of a centre of which nothing has been heard yet. Its ruleset shuts the whole pod network off. */
export const NOTHING_KNOWN: CentreFacts = { pods: [], namespaces: [], policies: [], attachments: [] };

/**
 * The ruleset that enforces the policies of a centre.
 * @param podNetwork the centre's own, as CIDR
 * @throws NetworkPolicyError when a policy is not well-formed; the API server lets none through
 */
export function rulesetOf(podNetwork: string, facts: CentreFacts): string {
  return renderRuleset({ podNetwork, pods: knownPods(facts), cluster: describeCluster(facts) });
}

/**
 * The pods of which address and labels are both known. The address comes from the node, which knows it first and knows
 * when it is free again; the labels come from the API. A pod of which either is missing, or that shares its address with
 * another, is not known: it stays shut off until that is settled.
 */
export function knownPods({ pods, namespaces, attachments }: CentreFacts): PodEndpoint[] {
  const podOf = new Map(pods.map((pod) => [key(pod.metadata?.namespace, pod.metadata?.name), pod]));
  const namespaceNames = new Set(namespaces.map(({ metadata }) => metadata?.name));
  const claims = new Map<string, number>();
  for (const { address } of attachments) claims.set(address, (claims.get(address) ?? 0) + 1);
  return attachments.flatMap(({ namespace, name, address }) => {
    const pod = podOf.get(key(namespace, name));
    if (pod === undefined || !namespaceNames.has(namespace) || claims.get(address) !== 1) return [];
    const endpoint = podEndpoint(pod, address);
    return endpoint.kind === 'pod' ? [endpoint] : [];
  });
}

function key(namespace = '', name = ''): string {
  return `${namespace}/${name}`;
}
