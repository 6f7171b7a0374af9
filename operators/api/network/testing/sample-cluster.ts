import type { V1Namespace, V1Pod } from '@kubernetes/client-node';
import { parseAllDocuments } from 'yaml';

import { describeCluster, type ClusterPolicies } from '../cluster-policies.ts';
import { addressEndpoint, podEndpoint, type Endpoint } from '../endpoint.ts';
import type { NetworkPolicy } from '../policy.ts';
import { parseProtocol } from '../protocol.ts';
import { mayReach, type Verdict } from '../reach.ts';

/** Where all sample pods run. */
export const NODE_ADDRESS = '192.168.7.1';

/** The namespaces that the tables of tests speak of. */
export const sampleNamespaces: readonly V1Namespace[] = [
  { metadata: { name: 'default' } },
  { metadata: { name: 'prod', labels: { purpose: 'production' } } },
  { metadata: { name: 'dev', labels: { purpose: 'testing' } } },
];

/** The pods that the tables of tests speak of, by `namespace/name`. */
export const samplePods: ReadonlyMap<string, V1Pod> = new Map(
  [
    samplePod('default/web', '10.0.0.1', { app: 'web' }, { http: 8080 }),
    samplePod('default/api', '10.0.0.2', { app: 'bookstore', role: 'api' }),
    samplePod('default/front', '10.0.0.3', { app: 'bookstore', role: 'front' }),
    samplePod('default/bare', '10.0.0.4', {}),
    samplePod('prod/web', '10.0.1.1', { app: 'web' }, { http: 80 }),
    samplePod('prod/monitor', '10.0.1.2', { type: 'monitoring' }),
    samplePod('dev/web', '10.0.2.1', { app: 'web' }),
    samplePod('dev/monitor', '10.0.2.2', { type: 'monitoring' }),
  ].map((pod) => [`${pod.metadata?.namespace ?? ''}/${pod.metadata?.name ?? ''}`, pod]),
);

/** A running pod with named TCP ports. */
export function samplePod(
  key: string,
  address: string,
  labels: Readonly<Record<string, string>>,
  ports: Readonly<Record<string, number>> = {},
  nodeAddress = NODE_ADDRESS,
): V1Pod {
  const [namespace = '', name = ''] = key.split('/');
  return {
    metadata: { namespace, name, labels: { ...labels } },
    spec: {
      containers: [
        {
          name: 'main',
          ports: Object.entries(ports).map(([portName, containerPort]) => ({
            name: portName,
            containerPort,
          })),
        },
      ],
    },
    status: { podIP: address, hostIP: nodeAddress },
  };
}

/** The sample cluster with these policies: YAML documents, of the namespace `default` unless they say otherwise. */
export function sampleCluster(policies: string): ClusterPolicies {
  return describeCluster({ namespaces: sampleNamespaces, policies: readPolicies(policies) });
}

/** Answers a question such as `prod/web -> default/web TCP/80`; an end without a slash is an address. */
export function ask(cluster: ClusterPolicies, question: string): Verdict {
  const match = /^(\S+) -> (\S+) (\w+)\/(\d+)$/.exec(question);
  const [, source = '', destination = '', protocol = '', port = ''] = match ?? [];
  return mayReach(cluster, sampleEndpoint(source), sampleEndpoint(destination), {
    protocol: parseProtocol(protocol, `question "${question}"`),
    port: Number(port),
  });
}

/** The pod of that key, or the address. */
export function sampleEndpoint(text: string): Endpoint {
  if (!text.includes('/')) return addressEndpoint(text);
  const pod = samplePods.get(text);
  if (pod === undefined)
    throw new RangeError(`no sample pod ${text}; there are ${[...samplePods.keys()].join(', ')}`);
  return podEndpoint(pod);
}

function readPolicies(text: string): NetworkPolicy[] {
  return parseAllDocuments(text).map((document) => {
    const { metadata, spec } = document.toJS() as NetworkPolicy; // the tables are ours; parsePolicy refuses what is malformed
    return {
      metadata: { namespace: metadata?.namespace ?? 'default', name: metadata?.name ?? 'unnamed' },
      ...(spec && { spec }),
    };
  });
}
