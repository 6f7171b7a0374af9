import type { V1LabelSelector, V1NetworkPolicyPeer, V1NetworkPolicyPort } from '@kubernetes/client-node';
import type { EgressRule, IngressRule, NetworkPolicy } from '../../operators/api/network/policy.ts';
import type { KubernetesObject, ObjectMetadata } from '../render/kubernetes-object.ts';

/** A NetworkPolicy in the form of the wire, where the sources of a rule are `from`. */
export type NetworkPolicyObject = KubernetesObject<NetworkPolicy>;

/** What a policy opens. A direction that is not named is left alone. */
export interface Opens {
  /** Labels of the pods it applies to; all pods of the namespace without it. */
  readonly pods?: Readonly<Record<string, string>>;
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

/** A policy that opens something; each direction it names also isolates the pods it applies to. */
export function networkPolicy(
  metadata: ObjectMetadata & { readonly namespace: string },
  { pods, ingress, egress }: Opens,
): NetworkPolicyObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: selectorOf(pods),
      policyTypes: [...(ingress ? ['Ingress'] : []), ...(egress ? ['Egress'] : [])],
      ...(ingress && { ingress: [...ingress] }),
      ...(egress && { egress: [...egress] }),
    },
  };
}

/** The pods of one namespace that carry the labels; all of them without labels. */
export function podsIn(namespace: string, labels?: Readonly<Record<string, string>>): V1NetworkPolicyPeer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    ...(labels && Object.keys(labels).length > 0 && { podSelector: selectorOf(labels) }),
  };
}

/** Addresses outside the cluster. */
export function addresses(cidrs: readonly string[]): V1NetworkPolicyPeer[] {
  return cidrs.map((cidr) => ({ ipBlock: { cidr } }));
}

/** One TCP port. */
export function tcp(port: number): V1NetworkPolicyPort {
  return { protocol: 'TCP', port };
}

function selectorOf(labels: Readonly<Record<string, string>> = {}): V1LabelSelector {
  return Object.keys(labels).length === 0 ? {} : { matchLabels: { ...labels } };
}
