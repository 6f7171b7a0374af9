import type { V1LabelSelector, V1Namespace } from '@kubernetes/client-node';
import type { Centre } from '../../operators/api/kinds/topology.ts';
import { KUBE_SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import {
  addressEndpoint,
  describeCluster,
  type AddressEndpoint,
  type ClusterPolicies,
  type NetworkPolicy,
  type PodEndpoint,
} from '../../operators/api/network/index.ts';
import { formatAddress, parseCidr } from '../../operators/api/values/address-range.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/** Networks outside a centre's cluster, each by one address of it. */
export interface NetworkSample {
  readonly cidr: string;
  readonly endpoint: AddressEndpoint;
}

/**
 * One pod of every kind that a centre's policies can tell apart, and one address of every network they name: whoever asks
 * about all of them has asked about every pod there can be.
 */
export interface CentreSamples {
  readonly centre: Centre;
  readonly cluster: ClusterPolicies;
  /** Named after their labels: `app=population-db`, `dataset=population`; `any pod` for one without. */
  readonly pods: readonly PodEndpoint[];
  readonly networks: readonly NetworkSample[];
}

/** Name of the sample that has no labels. */
export const ANY_POD = 'any pod';

type Labels = Readonly<Record<string, string>>;

/** @param objects everything that the stacks of the centre would write */
export function sampleCentre(centre: Centre, objects: readonly KubernetesObject[]): CentreSamples {
  const policies = objects.filter(isNetworkPolicy);
  const namespaces: V1Namespace[] = objects
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata }) => ({ metadata: { name: metadata.name, labels: { ...metadata.labels } } }));
  const kinds = [
    ...namespaces.flatMap(({ metadata: { name = '' } = {} }) =>
      labelSets(name, policies).map((labels) => ({ namespace: name, labels })),
    ),
    { namespace: KUBE_SYSTEM_NAMESPACE, labels: { 'k8s-app': 'kube-dns' } },
  ];
  return {
    centre,
    cluster: describeCluster({
      namespaces: [...namespaces, { metadata: { name: KUBE_SYSTEM_NAMESPACE } }],
      policies,
    }),
    pods: kinds.map(({ namespace, labels }, index) => ({
      kind: 'pod',
      namespace,
      name: nameOf(labels),
      labels,
      address: addressIn(centre.podCidrs[0] ?? '', index),
      namedPorts: [],
    })),
    networks: [...new Set(policies.flatMap(blocksOf))]
      .sort()
      .map((cidr) => ({ cidr, endpoint: addressEndpoint(addressIn(cidr, 0)) })),
  };
}

function isNetworkPolicy(object: KubernetesObject): object is KubernetesObject<NetworkPolicy> {
  return object.kind === 'NetworkPolicy';
}

/** The label sets by which policies select pods of a namespace, their own or as peers; the empty set first. */
function labelSets(namespace: string, policies: readonly KubernetesObject<NetworkPolicy>[]): Labels[] {
  const selectors = policies.flatMap((policy) => [
    ...(policy.metadata.namespace === namespace ? [policy.spec?.podSelector] : []),
    ...peersOf(policy).flatMap((peer) =>
      selects(peer.namespaceSelector, namespace) ? [peer.podSelector] : [],
    ),
  ]);
  const sets = selectors.map((selector): Labels => selector?.matchLabels ?? {});
  return [...new Map([{}, ...sets].map((labels) => [nameOf(labels), labels])).values()];
}

function selects(selector: V1LabelSelector | undefined, namespace: string): boolean {
  return selector?.matchLabels?.['kubernetes.io/metadata.name'] === namespace;
}

function blocksOf(policy: Pick<NetworkPolicy, 'spec'>): string[] {
  return peersOf(policy).flatMap(({ ipBlock }) => (ipBlock === undefined ? [] : [ipBlock.cidr]));
}

function peersOf({ spec }: Pick<NetworkPolicy, 'spec'>) {
  return [
    ...(spec?.ingress ?? []).flatMap((rule) => rule.from ?? []),
    ...(spec?.egress ?? []).flatMap((rule) => rule.to ?? []),
  ];
}

function nameOf(labels: Labels): string {
  const parts = Object.entries(labels).map(([key, value]) => `${key.replace(/^zaibei\.io\//, '')}=${value}`);
  return parts.length === 0 ? ANY_POD : parts.sort().join(',');
}

/** The address with that place in a network, counted from its second one, and again from there at its end. */
function addressIn(cidr: string, index: number): string {
  const { first, last } = parseCidr(cidr);
  const size = last - first + 1;
  const value = size === 1 ? first : first + 1 + (index % (size - 1));
  return formatAddress(value);
}
