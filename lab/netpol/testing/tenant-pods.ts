import path from 'node:path';

import type { V1NamespaceList, V1NetworkPolicyList, V1Pod, V1PodList } from '@kubernetes/client-node';

import {
  describeCluster,
  podEndpoint,
  type ClusterPolicies,
  type DestinationPort,
  type NetworkPolicy,
  type PodEndpoint,
} from '../../../operators/api/network/index.ts';
import type { Machine } from '../../centre/machine.ts';
import { execute } from '../../execute.ts';
import { AGNHOST_IMAGE } from '../../images/image-recipes.ts';
import { apply, kubectl } from '../../testing/test-lab.ts';

/** Namespaces of the tests, with a label that generated policies select by. */
export const TENANTS = { 'netpol-red': { team: 'red' }, 'netpol-blue': { team: 'blue' } } as const;

/** The ports that every tenant pod answers on, and their names. */
export const TENANT_PORTS = [
  { protocol: 'TCP', port: 8080, name: 'http' },
  { protocol: 'UDP', port: 8081, name: 'dns' },
] as const satisfies readonly (DestinationPort & { name: string })[];

const POD_LABELS = [
  { app: 'web', tier: 'front' },
  { app: 'db', tier: 'back' },
];

/** A centre with tenant pods in it, as its API server tells it. */
export interface TenantCentre {
  readonly machine: Machine;
  readonly pods: readonly PodEndpoint[];
}

/** Starts two pods for each tenant, which answer, and call others when told to; resolves when they are ready. */
export async function startTenants(machine: Machine): Promise<TenantCentre> {
  const names = Object.keys(TENANTS);
  await apply(
    machine,
    ...Object.entries(TENANTS).map(([name, labels]) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    })),
    ...names.flatMap((namespace) =>
      POD_LABELS.map((labels, index) => answeringPod(namespace, `pod${index}`, labels)),
    ),
  );
  const pods = await Promise.all(
    names.map(async (namespace) => {
      const wait = [
        'wait',
        'pod',
        '--all',
        `--namespace=${namespace}`,
        '--for=condition=Ready',
        '--timeout=60s',
      ];
      await kubectl(machine, wait);
      return get<V1PodList>(machine, 'pods', `--namespace=${namespace}`);
    }),
  );
  const endpoints = pods.flatMap(({ items }) => items.map((pod) => podEndpoint(pod)));
  return { machine, pods: endpoints.filter((endpoint) => endpoint.kind === 'pod') };
}

/** Removes the tenants with all that they have; resolves when they are gone. */
export async function removeTenants({ machine }: TenantCentre): Promise<void> {
  await kubectl(machine, ['delete', 'namespace', '--ignore-not-found', ...Object.keys(TENANTS)]);
}

/** Makes these the only policies of the tenants; resolves with the cluster as its API server then has it. */
export async function setPolicies(
  { machine }: TenantCentre,
  policies: readonly NetworkPolicy[],
): Promise<ClusterPolicies> {
  for (const tenant of Object.keys(TENANTS)) {
    await kubectl(machine, ['delete', 'networkpolicies', '--all', `--namespace=${tenant}`]);
  }
  const objects = policies.map((policy) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    // What the API wants to be there, and generated policies may leave out.
    ...policy,
    spec: { podSelector: {}, ...policy.spec },
  }));
  if (objects.length > 0) await apply(machine, ...objects);
  const [namespaces, found] = await Promise.all([
    get<V1NamespaceList>(machine, 'namespaces'),
    get<V1NetworkPolicyList>(machine, 'networkpolicies', '--all-namespaces'),
  ]);
  return describeCluster({ namespaces: namespaces.items, policies: found.items });
}

/** A call from a pod to an address. */
export interface Call {
  readonly from: PodEndpoint;
  readonly address: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

/** Has the pods of a centre make the calls, all at once; resolves with whether each was answered. */
export async function call({ machine }: TenantCentre, calls: readonly Call[]): Promise<boolean[]> {
  const urls = calls.map(({ from, address, protocol, port }) => {
    const question = new URLSearchParams({
      host: address,
      port: String(port),
      protocol: protocol === 'TCP' ? 'http' : 'udp',
      request: 'hostname',
      tries: '1',
    });
    return `http://${from.address}:${TENANT_PORTS[0].port}/dial?${question.toString()}`;
  });
  const script = path.join(import.meta.dirname, 'dial.ts');
  const printed = await inCentre(machine, process.execPath, [script], JSON.stringify(urls));
  return JSON.parse(printed) as boolean[]; // printed by dial.ts
}

/** Runs a program in the network namespace of a centre. */
export function inCentre(
  { centre }: Machine,
  program: string,
  args: readonly string[],
  input = '',
): Promise<string> {
  return execute('nsenter', [`--net=/run/netns/${centre.namespace}`, program, ...args], { input });
}

/** A pod that answers on {@link TENANT_PORTS}. */
function answeringPod(namespace: string, name: string, labels: Record<string, string>): V1Pod {
  const [http, dns] = TENANT_PORTS;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'main',
          image: AGNHOST_IMAGE,
          imagePullPolicy: 'Never',
          args: ['netexec', `--http-port=${http.port}`, `--udp-port=${dns.port}`],
          ports: TENANT_PORTS.map(({ protocol, port, name: portName }) => ({
            name: portName,
            protocol,
            containerPort: port,
          })),
          readinessProbe: { httpGet: { path: '/', port: http.port }, periodSeconds: 1 },
        },
      ],
    },
  };
}

async function get<T>(machine: Machine, ...what: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(machine, ['get', ...what, '--output=json'])) as T; // the API server's own form of the kind
}
