import type {
  V1NetworkPolicy,
  V1NetworkPolicyEgressRule,
  V1NetworkPolicyIngressRule,
  V1NetworkPolicyPeer,
  V1NetworkPolicyPort,
  V1NetworkPolicySpec,
} from '@kubernetes/client-node';

import { AddressBlock } from './address-block.ts';
import { parseSelector, type Selector } from './label-selector.ts';
import { NetworkPolicyError } from './network-policy-error.ts';
import { parseProtocol, type Protocol } from './protocol.ts';

/** What selected pods accept. The client's models call the list `_from`, on the wire and in YAML it is `from`. */
export interface IngressRule extends Omit<V1NetworkPolicyIngressRule, '_from'> {
  _from?: V1NetworkPolicyPeer[];
  from?: V1NetworkPolicyPeer[];
}

/** What selected pods open. */
export type EgressRule = V1NetworkPolicyEgressRule;

/**
 * A NetworkPolicy, from the API server or from a file. Sources are read under both their names, because a list that is
 * overlooked would mean "from anywhere".
 */
export interface NetworkPolicy extends Omit<V1NetworkPolicy, 'spec'> {
  spec?: Omit<V1NetworkPolicySpec, 'ingress'> & { ingress?: IngressRule[] };
}

/** Which connections a rule speaks of, seen from the selected pods: those they accept, or those they open. */
export type Direction = 'ingress' | 'egress';

/**
 * Who may be at the other end. `own` = the policy's own namespace. A block is held against the address alone, be it of a
 * pod or not: the API leaves open whether it covers pods, and the wider reading is the safe one for a proof of isolation.
 */
export type Peer =
  | { readonly kind: 'pods'; readonly namespaces: Selector | 'own'; readonly pods: Selector }
  | { readonly kind: 'block'; readonly block: AddressBlock; readonly except: readonly AddressBlock[] };

/** Which destination ports of one protocol: all, a range (both ends belong to it), or the pod's port of that name. */
export type PortMatch =
  | { readonly kind: 'all'; readonly protocol: Protocol }
  | { readonly kind: 'range'; readonly protocol: Protocol; readonly first: number; readonly last: number }
  | { readonly kind: 'named'; readonly protocol: Protocol; readonly name: string };

/** One allow rule: any of the peers on any of the ports. */
export interface PolicyRule {
  /** Its place in the policy's list, from 0. */
  readonly index: number;
  readonly peers: readonly Peer[] | 'anyone';
  readonly ports: readonly PortMatch[] | 'all';
}

/** A NetworkPolicy that was read and found well-formed. */
export interface Policy {
  readonly namespace: string;
  /** `namespace/name`. */
  readonly key: string;
  /** The pods of its namespace that it applies to. */
  readonly selects: Selector;
  /** The directions in which it isolates those pods, each with what it lets through; an absent one is left alone. */
  readonly rules: Readonly<Partial<Record<Direction, readonly PolicyRule[]>>>;
}

/**
 * Reads a policy by the rules of the API documentation (NetworkPolicySpec and its parts):
 * - a `podSelector` that is empty or missing selects all pods of the namespace;
 * - missing `policyTypes` mean Ingress, and Egress as well if there is an egress rule;
 * - a rule without peers matches any peer, a rule without ports any port;
 * - the protocol is TCP unless stated; a protocol without a port means all its ports.
 * @throws NetworkPolicyError `ZB-NPL-001` for what an API server refuses
 */
export function parsePolicy(policy: NetworkPolicy): Policy {
  const { namespace, name } = policy.metadata ?? {};
  const key = `${namespace ?? '?'}/${name ?? '?'}`;
  const at = `NetworkPolicy ${key}`;
  if (namespace === undefined || name === undefined) {
    throw new NetworkPolicyError('ZB-NPL-001', at, 'metadata.namespace and metadata.name must both be given');
  }
  const { podSelector, policyTypes = [], ingress = [], egress = [] } = policy.spec ?? {};
  const directions = parseDirections(policyTypes, egress.length > 0, at);
  return {
    namespace,
    key,
    selects: parseSelector(podSelector ?? {}, `${at}: spec.podSelector`),
    rules: {
      ...(directions.includes('ingress') && {
        ingress: ingress.map((rule, index) =>
          parseRule(index, rule.from ?? rule._from, rule.ports, `${at}: spec.ingress[${index}]`),
        ),
      }),
      ...(directions.includes('egress') && {
        egress: egress.map((rule, index) =>
          parseRule(index, rule.to, rule.ports, `${at}: spec.egress[${index}]`),
        ),
      }),
    },
  };
}

function parseDirections(policyTypes: readonly string[], hasEgressRules: boolean, at: string): Direction[] {
  if (policyTypes.length === 0) return hasEgressRules ? ['ingress', 'egress'] : ['ingress'];
  return policyTypes.map((type) => {
    if (type === 'Ingress') return 'ingress';
    if (type === 'Egress') return 'egress';
    throw new NetworkPolicyError(
      'ZB-NPL-001',
      `${at}: spec.policyTypes`,
      `"${type}" is not Ingress or Egress`,
    );
  });
}

function parseRule(
  index: number,
  peers: readonly V1NetworkPolicyPeer[] = [],
  ports: readonly V1NetworkPolicyPort[] = [],
  at: string,
): PolicyRule {
  return {
    index,
    peers: peers.length === 0 ? 'anyone' : peers.map((peer, place) => parsePeer(peer, `${at} peer ${place}`)),
    ports: ports.length === 0 ? 'all' : ports.map((port, place) => parsePort(port, `${at}.ports[${place}]`)),
  };
}

function parsePeer({ ipBlock, namespaceSelector, podSelector }: V1NetworkPolicyPeer, at: string): Peer {
  const selects = namespaceSelector !== undefined || podSelector !== undefined;
  if (selects === (ipBlock !== undefined)) {
    throw new NetworkPolicyError(
      'ZB-NPL-001',
      at,
      'give either ipBlock, or podSelector, namespaceSelector or both',
    );
  }
  if (ipBlock !== undefined) {
    return {
      kind: 'block',
      block: AddressBlock.parse(ipBlock.cidr, `${at} ipBlock.cidr`),
      except: (ipBlock.except ?? []).map((cidr) => AddressBlock.parse(cidr, `${at} ipBlock.except`)),
    };
  }
  return {
    kind: 'pods',
    namespaces:
      namespaceSelector === undefined ? 'own' : parseSelector(namespaceSelector, `${at} namespaceSelector`),
    // A namespaceSelector alone means all pods of those namespaces.
    pods: parseSelector(podSelector ?? {}, `${at} podSelector`),
  };
}

function parsePort({ port, endPort, protocol = 'TCP' }: V1NetworkPolicyPort, at: string): PortMatch {
  const known = parseProtocol(protocol, `${at}.protocol`);
  if (typeof port !== 'number') {
    if (endPort !== undefined) {
      throw new NetworkPolicyError(
        'ZB-NPL-001',
        `${at}.endPort`,
        'a range needs a number in port, not a name',
      );
    }
    return port === undefined
      ? { kind: 'all', protocol: known }
      : { kind: 'named', protocol: known, name: port };
  }
  const last = endPort ?? port;
  if (!(Number.isInteger(port) && Number.isInteger(last) && 1 <= port && port <= last && last <= 65_535)) {
    throw new NetworkPolicyError(
      'ZB-NPL-001',
      at,
      `${port} to ${last} is not a range of ports from 1 to 65535`,
    );
  }
  return { kind: 'range', protocol: known, first: port, last };
}
