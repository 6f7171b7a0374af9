import type { V1Container, V1Pod } from '@kubernetes/client-node';

import type { Labels } from './label-selector.ts';
import { NetworkPolicyError } from './network-policy-error.ts';
import { parseProtocol, type Protocol } from './protocol.ts';

/** A pod with an address of its own: what policies select and isolate. */
export interface PodEndpoint {
  readonly kind: 'pod';
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly address: string;
  /** Address of the node it runs on, if known; see `own-node` in {@link SideVerdict}. */
  readonly nodeAddress?: string;
  /** Container ports that have a name; a policy may speak of them by it. */
  readonly namedPorts: readonly NamedPort[];
}

/** A container port that policies may speak of by name; the number differs from pod to pod. */
export interface NamedPort {
  readonly name: string;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Anything that is no pod of this cluster: a node, a host, a pod of another centre. Only blocks of addresses match it. */
export interface AddressEndpoint {
  readonly kind: 'address';
  readonly address: string;
}

/** One end of a connection. */
export type Endpoint = PodEndpoint | AddressEndpoint;

/** An end of a connection that is no pod of the cluster. */
export function addressEndpoint(address: string): AddressEndpoint {
  return { kind: 'address', address };
}

/**
 * The pod as an end of a connection. A pod of the host's network is its node's address: the API leaves the choice to the
 * plugin, names this the most common one, and no plugin of ours tells them apart.
 * @param podAddress its address, where that is known from elsewhere than its status
 * @throws NetworkPolicyError `ZB-NPL-002` when the pod has no address yet: whether a block covers it could only be guessed
 */
export function podEndpoint(pod: V1Pod, podAddress = pod.status?.podIP): Endpoint {
  const { namespace, name, labels = {} } = pod.metadata ?? {};
  const hostIP = pod.status?.hostIP;
  const hostNetwork = pod.spec?.hostNetwork === true;
  const address = hostNetwork ? (hostIP ?? podAddress) : podAddress;
  if (namespace === undefined || name === undefined || address === undefined) {
    const at = `Pod ${namespace ?? '?'}/${name ?? '?'}`;
    throw new NetworkPolicyError(
      'ZB-NPL-002',
      at,
      'needs a namespace, a name and an address; wait for the address, or give one from the pod network',
    );
  }
  if (hostNetwork) return addressEndpoint(address);
  return {
    kind: 'pod',
    namespace,
    name,
    labels,
    address,
    ...(hostIP !== undefined && { nodeAddress: hostIP }),
    namedPorts: namedPorts(pod),
  };
}

/** Whether both are the same pod. */
export function isSamePod(one: Endpoint, other: Endpoint): boolean {
  return (
    one.kind === 'pod' && other.kind === 'pod' && one.namespace === other.namespace && one.name === other.name
  );
}

/** The named ports of everything that runs as long as the pod does: containers, and init containers that keep running. */
function namedPorts(pod: V1Pod): NamedPort[] {
  const at = `Pod ${pod.metadata?.namespace ?? '?'}/${pod.metadata?.name ?? '?'}: protocol of a container port`;
  const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const containers: V1Container[] = [...(pod.spec?.containers ?? []), ...sidecars];
  return containers.flatMap(({ ports = [] }) =>
    ports.flatMap(({ name, protocol = 'TCP', containerPort }) =>
      name === undefined ? [] : [{ name, protocol: parseProtocol(protocol, at), port: containerPort }],
    ),
  );
}
