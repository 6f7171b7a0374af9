/**
 * The semantics of NetworkPolicy (networking.k8s.io/v1) as pure functions over plain objects: who may open a connection to
 * whom, and which rule says so. Start at `describeCluster` and `mayReach`.
 */
export { describeCluster, isolatingPolicies, matchesPeer, type ClusterPolicies } from './cluster-policies.ts';
export {
  addressEndpoint,
  podEndpoint,
  type AddressEndpoint,
  type Endpoint,
  type NamedPort,
  type PodEndpoint,
} from './endpoint.ts';
export { NetworkPolicyError, type NetworkPolicyErrorCode } from './network-policy-error.ts';
export { openings, type Opening } from './openings.ts';
export type {
  Direction,
  EgressRule,
  IngressRule,
  NetworkPolicy,
  Peer,
  Policy,
  PolicyRule,
  PortMatch,
} from './policy.ts';
export { PROTOCOLS, type Protocol } from './protocol.ts';
export { mayReachAcross, type CentreEndpoint, type DialledAddress } from './reach-across.ts';
export { mayReach, type DestinationPort, type SideVerdict, type Verdict } from './reach.ts';
