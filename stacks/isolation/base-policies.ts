import type { EgressRule } from '../../operators/api/network/policy.ts';
import type { Centre } from '../../operators/api/kinds/topology.ts';
import { KUBE_SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { DNS_PORT } from '../../operators/api/layout/ports.ts';
import { DEFAULT_DENY, DEFAULT_DENY_SPEC } from '../../operators/api/layout/tenant-namespaces.ts';
import { covers, parseCidr } from '../../operators/api/values/address-range.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import { addresses, networkPolicy, podsIn, tcp, type NetworkPolicyObject } from './network-policy.ts';

/** Whether it is the policy that isolates a namespace. */
export function isIsolation({ kind, metadata }: KubernetesObject): boolean {
  return kind === 'NetworkPolicy' && metadata.name === DEFAULT_DENY;
}

/** Nothing in, nothing out: what every namespace of the zone begins with (逻辑隔离). */
export function defaultDeny(namespace: string): NetworkPolicyObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { namespace, name: DEFAULT_DENY },
    spec: structuredClone(DEFAULT_DENY_SPEC),
  };
}

/** The pods of a namespace reach each other: a tenant is isolated from others, not from itself. */
export function withinNamespace(namespace: string): NetworkPolicyObject {
  const itself = { podSelector: {} };
  return networkPolicy(
    { namespace, name: 'within-namespace' },
    { ingress: [{ from: [itself] }], egress: [{ to: [itself] }] },
  );
}

/** Every pod may ask the cluster's DNS, and nothing else in its namespace. */
export function dns(namespace: string): NetworkPolicyObject {
  return networkPolicy(
    { namespace, name: 'dns' },
    {
      egress: [
        {
          to: [podsIn(KUBE_SYSTEM_NAMESPACE, { 'k8s-app': 'kube-dns' })],
          ports: [{ protocol: 'UDP', port: DNS_PORT }, tcp(DNS_PORT)],
        },
      ],
    },
  );
}

/** The pods with the labels may reach the API server of their own centre. */
export function apiServer(
  namespace: string,
  centre: Centre,
  pods?: Readonly<Record<string, string>>,
): NetworkPolicyObject {
  return networkPolicy(
    { namespace, name: 'api-server' },
    { ...(pods && { pods }), egress: [apiServerRule(centre, 'inside')] },
  );
}

/**
 * The way to a centre's API server. Pods inside reach it by the cluster address of the Service `kubernetes`, which
 * becomes the address of a control-plane node before policies are asked: so the node networks are open at its port, and
 * the address in the topology too where it is another. From outside only that address is dialled. A name cannot stand in
 * a policy; the node networks stand for it.
 */
export function apiServerRule(centre: Centre, from: 'inside' | 'outside'): EgressRule {
  const { hostname, port } = new URL(centre.apiServer);
  const block = hostBlock(hostname);
  const isNode =
    block !== undefined && centre.nodeCidrs.some((cidr) => covers(parseCidr(cidr), parseCidr(block)));
  const cidrs =
    block === undefined || (from === 'inside' && isNode)
      ? centre.nodeCidrs
      : from === 'inside'
        ? [...centre.nodeCidrs, block]
        : [block];
  return { to: addresses(cidrs), ports: [tcp(port === '' ? 443 : Number(port))] };
}

/** The block of exactly that host, where it is an address and not a name. */
export function hostBlock(host: string): string | undefined {
  return /^[0-9.]+$/.test(host) ? `${host}/32` : undefined;
}
