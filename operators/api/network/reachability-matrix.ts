import type { ClusterPolicies } from './cluster-policies.ts';
import { isSamePod, type Endpoint } from './endpoint.ts';
import { openings, reasonOf, type Opening } from './openings.ts';
import { compareTexts } from './text-order.ts';

/** An opening together with every pair of endpoints that has it, as `name` of the pod, or the address. */
export interface SharedOpening extends Opening {
  readonly pairs: readonly { readonly source: string; readonly destination: string }[];
}

/** One field of the matrix: what the endpoints of one place may open at those of another. */
export interface ReachabilityCell {
  /** A namespace; or the address of an endpoint that is no pod (never to be confused: a namespace has no dot or colon). */
  readonly source: string;
  readonly destination: string;
  /** Empty: nothing may pass. Ordered by protocol, port and reason; pairs by name. */
  readonly openings: readonly SharedOpening[];
}

/**
 * Who may open what at whom: a cell for every ordered pair of the places that the endpoints are in, the diagonal
 * included, rows first, in alphabetical order. The same endpoints and policies in any order give the same matrix.
 * The work grows with the square of the number of endpoints: where many pods are alike, give one of each kind.
 * @throws NetworkPolicyError `ZB-NET-002` when an endpoint's namespace is not among the cluster's
 */
export function reachabilityMatrix(
  cluster: ClusterPolicies,
  endpoints: readonly Endpoint[],
): ReachabilityCell[] {
  const places = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const place = placeOf(endpoint);
    places.set(place, [...(places.get(place) ?? []), endpoint]);
  }
  const ordered = [...places.entries()].sort(([one], [other]) => compareTexts(one, other));
  return ordered.flatMap(([source, sources]) =>
    ordered.map(([destination, destinations]) => ({
      source,
      destination,
      openings: sharedOpenings(cluster, sources, destinations),
    })),
  );
}

function sharedOpenings(
  cluster: ClusterPolicies,
  sources: readonly Endpoint[],
  destinations: readonly Endpoint[],
): SharedOpening[] {
  const shared = new Map<string, SharedOpening>();
  for (const [source, destination] of orderedPairs(sources, destinations)) {
    const pair = { source: nameOf(source), destination: nameOf(destination) };
    for (const opening of openings(cluster, source, destination)) {
      const key = orderKey(opening);
      shared.set(key, { ...opening, pairs: [...(shared.get(key)?.pairs ?? []), pair] });
    }
  }
  return [...shared.entries()]
    .sort(([one], [other]) => compareTexts(one, other))
    .map(([, opening]) => opening);
}

/** All pairs but those of a pod with itself, by the names of both. */
function orderedPairs(
  sources: readonly Endpoint[],
  destinations: readonly Endpoint[],
): [Endpoint, Endpoint][] {
  const byName = (one: Endpoint, other: Endpoint) => compareTexts(nameOf(one), nameOf(other));
  return [...sources]
    .sort(byName)
    .flatMap((source) =>
      [...destinations].sort(byName).map((destination): [Endpoint, Endpoint] => [source, destination]),
    )
    .filter(([source, destination]) => source !== destination && !isSamePod(source, destination));
}

/** A text that is equal for equal openings and sorts by protocol, port and reason. */
function orderKey(opening: Opening): string {
  const port = (number: number) => String(number).padStart(5, '0');
  return [opening.protocol, port(opening.firstPort), port(opening.lastPort), reasonOf(opening)].join(' ');
}

function placeOf(endpoint: Endpoint): string {
  return endpoint.kind === 'pod' ? endpoint.namespace : endpoint.address;
}

function nameOf(endpoint: Endpoint): string {
  return endpoint.kind === 'pod' ? endpoint.name : endpoint.address;
}
