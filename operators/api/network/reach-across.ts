import type { ClusterPolicies } from './cluster-policies.ts';
import { addressEndpoint, type Endpoint } from './endpoint.ts';
import { mayReach, type DestinationPort, type Verdict } from './reach.ts';

/** An end of a connection and the cluster it belongs to. */
export interface CentreEndpoint {
  readonly cluster: ClusterPolicies;
  readonly endpoint: Endpoint;
}

/** Where the source's packets go, as seen before the destination's centre translates them: a node and its NodePort. */
export interface DialledAddress {
  readonly address: string;
  readonly port: number;
}

/**
 * Whether an endpoint of one centre may open a connection to one of another centre. Each cluster knows only its own
 * pods, so each judges its own side and sees the other end as an address: the source's cluster judges egress to the
 * dialled address and port, the destination's cluster judges ingress from the source's address to the pod's port.
 * Addresses must therefore be seen end to end: pod networks are routed between centres, never masqueraded, and a NodePort
 * has `externalTrafficPolicy: Local`.
 * @param port the destination's own port
 * @param dialled what the source dials, where that is not the destination's own address and port
 */
export function mayReachAcross(
  source: CentreEndpoint,
  destination: CentreEndpoint,
  port: DestinationPort,
  dialled: DialledAddress = { address: destination.endpoint.address, port: port.port },
): Verdict {
  const { egress } = mayReach(source.cluster, source.endpoint, addressEndpoint(dialled.address), {
    protocol: port.protocol,
    port: dialled.port,
  });
  const { ingress } = mayReach(
    destination.cluster,
    addressEndpoint(source.endpoint.address),
    destination.endpoint,
    port,
  );
  return { allowed: egress.allowed && ingress.allowed, egress, ingress };
}
