import type { V1Namespace } from '@kubernetes/client-node';
import fc, { type Arbitrary } from 'fast-check';

import {
  addressEndpoint,
  describeCluster,
  type ClusterPolicies,
  type Endpoint,
  type NetworkPolicy,
  type PodEndpoint,
} from '../../../operators/api/network/index.ts';
import {
  namespaceLabels,
  networkPolicies,
  podLabels,
  type PolicyVocabulary,
} from '../../../operators/api/network/testing/policy-arbitraries.ts';
import type { NetworkSpace } from './network-space.ts';
import type { PacketCentre, PacketWorld } from './packet-world.ts';

/** An end of connections: what the evaluator knows of it, and where its packets come from. */
export interface PlacedEndpoint {
  readonly endpoint: Endpoint;
  readonly space: NetworkSpace;
}

/** A centre of the packet world dressed with generated labels and policies. */
export interface GeneratedCentre {
  readonly podNetwork: string;
  readonly node: NetworkSpace;
  readonly pods: readonly PodEndpoint[];
  readonly policies: readonly NetworkPolicy[];
  readonly cluster: ClusterPolicies;
  /** All pods and the node. */
  readonly endpoints: readonly PlacedEndpoint[];
}

const NAMESPACES = ['tenant-a', 'tenant-b'];

/** Both centres of the world, with policies that speak of the pods, nodes and networks of both. */
export function generatedCentres(world: PacketWorld): Arbitrary<readonly GeneratedCentre[]> {
  const addresses = world.centres.flatMap(({ nodeAddress, pods }) => [
    nodeAddress,
    ...pods.map(({ address }) => address),
  ]);
  const networks = world.centres.map(({ podNetwork }) => podNetwork);
  const vocabulary: PolicyVocabulary = {
    namespaces: NAMESPACES,
    blocks: [
      { cidr: '0.0.0.0/0', except: networks },
      ...networks.map((cidr) => ({ cidr, except: addresses.map((address) => `${address}/32`) })),
      ...addresses.map((address) => ({ cidr: `${address}/31`, except: [`${address}/32`] })),
    ],
    ports: [53, 80, 81],
    portNames: ['http', 'dns'],
    protocols: ['TCP', 'UDP'],
  };
  return fc.tuple(...world.centres.map((centre) => generatedCentre(centre, vocabulary)));
}

function generatedCentre(centre: PacketCentre, vocabulary: PolicyVocabulary): Arbitrary<GeneratedCentre> {
  return fc
    .record({
      namespaces: fc.tuple(...NAMESPACES.map(labelledNamespace)),
      labels: fc.tuple(...centre.pods.map(() => podLabels)),
      policies: networkPolicies(vocabulary, 4),
    })
    .map(({ namespaces, labels, policies }) => {
      const pods = centre.pods.map(({ address }, index): PodEndpoint => ({
        kind: 'pod',
        namespace: NAMESPACES[index % NAMESPACES.length] ?? '',
        name: `pod${index}`,
        labels: labels[index] ?? {},
        address,
        nodeAddress: centre.nodeAddress,
        namedPorts: [
          // Half of the pods have it elsewhere, so that a name cannot be mistaken for a number.
          { name: 'http', protocol: 'TCP', port: index < 2 ? 80 : 81 },
          { name: 'dns', protocol: 'UDP', port: 53 },
        ],
      }));
      return {
        podNetwork: centre.podNetwork,
        node: centre.node,
        pods,
        policies,
        cluster: describeCluster({ namespaces, policies }),
        endpoints: [
          ...centre.pods.flatMap(({ space }, index) => {
            const endpoint = pods[index];
            return endpoint === undefined ? [] : [{ endpoint, space }];
          }),
          { endpoint: addressEndpoint(centre.nodeAddress), space: centre.node },
        ],
      };
    });
}

function labelledNamespace(name: string): Arbitrary<V1Namespace> {
  return namespaceLabels.map((labels) => ({ metadata: { name, labels: { ...labels } } }));
}
