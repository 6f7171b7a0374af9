import { isolatingPolicies, type ClusterPolicies } from './cluster-policies.ts';
import type { Endpoint } from './endpoint.ts';
import type { Direction, PortMatch } from './policy.ts';
import { PROTOCOLS, type Protocol } from './protocol.ts';
import { mayReach, type SideVerdict } from './reach.ts';

const LAST_PORT = 65_535;

/** A range of ports that a source may open at a destination, for one reason throughout. */
export interface Opening {
  readonly protocol: Protocol;
  /** Both ends belong to the range; 1 to 65535 is all ports. */
  readonly firstPort: number;
  readonly lastPort: number;
  readonly egress: SideVerdict;
  readonly ingress: SideVerdict;
}

/**
 * Everything the source may open at the destination: exact, not sampled. A verdict can only change at a port that a policy
 * names, so one question per range between those ports answers for all of them. Ordered by protocol and port.
 */
export function openings(cluster: ClusterPolicies, source: Endpoint, destination: Endpoint): Opening[] {
  const ports = [...portsOf(cluster, 'egress', source), ...portsOf(cluster, 'ingress', destination)];
  return PROTOCOLS.flatMap((protocol) => {
    const found: Opening[] = [];
    const starts = rangeStarts(ports, protocol, destination);
    for (const [index, firstPort] of starts.entries()) {
      const lastPort = (starts[index + 1] ?? LAST_PORT + 1) - 1;
      const { allowed, egress, ingress } = mayReach(cluster, source, destination, {
        protocol,
        port: firstPort,
      });
      if (!allowed) continue;
      const previous = found.at(-1);
      const opening = { protocol, firstPort, lastPort, egress, ingress };
      if (previous?.lastPort === firstPort - 1 && reasonOf(previous) === reasonOf(opening)) {
        found[found.length - 1] = { ...opening, firstPort: previous.firstPort };
      } else {
        found.push(opening);
      }
    }
    return found;
  });
}

/** Why an opening exists, as a text to compare and group by. */
export function reasonOf({ egress, ingress }: Pick<Opening, 'egress' | 'ingress'>): string {
  return JSON.stringify([egress, ingress]);
}

/** Every port condition of the policies that isolate the endpoint in that direction. */
function portsOf(cluster: ClusterPolicies, direction: Direction, endpoint: Endpoint): PortMatch[] {
  if (endpoint.kind !== 'pod') return [];
  return isolatingPolicies(cluster, direction, endpoint).flatMap((policy) =>
    (policy.rules[direction] ?? []).flatMap(({ ports }) => (ports === 'all' ? [] : ports)),
  );
}

/** The ports at which a verdict may differ from that of the port before. */
function rangeStarts(ports: readonly PortMatch[], protocol: Protocol, destination: Endpoint): number[] {
  const named = destination.kind === 'pod' ? destination.namedPorts : [];
  const ranges = ports
    .filter((match) => match.protocol === protocol)
    .flatMap((match): { first: number; last: number }[] => {
      if (match.kind === 'range') return [match];
      if (match.kind === 'all') return [];
      return named.filter(({ name }) => name === match.name).map(({ port }) => ({ first: port, last: port }));
    });
  const starts = new Set([1, ...ranges.flatMap(({ first, last }) => [first, last + 1])]);
  return [...starts].filter((port) => port <= LAST_PORT).sort((one, other) => one - other);
}
