import type { Centre } from '../../operators/api/kinds/topology.ts';
import { KUBE_SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import {
  openings,
  type Endpoint,
  type Opening,
  type PodEndpoint,
  type SideVerdict,
} from '../../operators/api/network/index.ts';
import { compareTexts } from '../../operators/api/text/text-order.ts';
import { covers, parseCidr } from '../../operators/api/values/address-range.ts';
import { ANY_POD, type CentreSamples } from './centre-samples.ts';

/** One line of the table: who may open what at whom, and which policies say so. */
export interface ReachabilityRow {
  readonly from: readonly string[];
  readonly to: string;
  readonly ports: string;
  readonly because: string;
}

/**
 * Everything that may be reached in a centre from one namespace to another, and from and to the outside. What is not in the
 * table is closed. Within its own namespace a tenant's pods reach each other, which is left out.
 */
export function reachabilityRows(
  { cluster, pods, networks }: CentreSamples,
  centres: readonly Centre[],
): ReachabilityRow[] {
  const outside = networks.map(({ cidr, endpoint }) => ({
    endpoint,
    name: nameNetwork(cidr, centres),
  }));
  const inside = pods.map((endpoint) => ({ endpoint, name: namePod(endpoint) }));
  const pairs = [...inside, ...outside].flatMap((source) =>
    [...inside, ...outside]
      .filter((destination) => areApart(source.endpoint, destination.endpoint))
      .flatMap((destination) =>
        openings(cluster, source.endpoint, destination.endpoint).map((opening) => ({
          source,
          destination,
          opening,
        })),
      ),
  );
  const isImplied = ({ source, destination, opening }: (typeof pairs)[number]): boolean =>
    pairs.some(
      (other) =>
        portsOf(other.opening) === portsOf(opening) &&
        (other.source !== source || other.destination !== destination) &&
        standsFor(other.source.endpoint, source.endpoint) &&
        standsFor(other.destination.endpoint, destination.endpoint),
    );
  const rows = pairs
    .filter((pair) => !isImplied(pair))
    .map(({ source, destination, opening }) => ({
      from: source.name,
      to: destination.name,
      ports: portsOf(opening),
      because: reasonOf(opening),
    }));
  return groupBySource(rows);
}

/** The table as text: Markdown that reads as well without being rendered. */
export function renderReachability(centre: Centre, rows: readonly ReachabilityRow[]): string {
  const cells = [
    ['From', 'To', 'Port', 'Because of'],
    ...rows.map(({ from, to, ports, because }) => [from.join(', '), to, ports, because]),
  ];
  const lines = cells.map((row) => `| ${row.join(' | ')} |`);
  return [
    `## ${centre.name} ${centre.displayName}`,
    '',
    lines[0],
    '|---|---|---|---|',
    ...lines.slice(1),
    '',
    'Everything else is closed. Pods of one namespace reach each other.',
  ].join('\n');
}

/** Pairs that the table is about: not within a namespace, and at least one end is a pod of zaibei's. */
function areApart(source: Endpoint, destination: Endpoint): boolean {
  if (source.kind === 'pod' && destination.kind === 'pod') return source.namespace !== destination.namespace;
  return [source, destination].some((end) => end.kind === 'pod' && end.namespace !== KUBE_SYSTEM_NAMESPACE);
}

/** What holds for a pod without labels holds for every pod of its namespace, because policies only add up. */
function standsFor(general: Endpoint, special: Endpoint): boolean {
  if (general === special) return true;
  return isAnyPod(general) && special.kind === 'pod' && general.namespace === special.namespace;
}

function isAnyPod(endpoint: Endpoint): endpoint is PodEndpoint {
  return endpoint.kind === 'pod' && endpoint.name === ANY_POD;
}

function portsOf({ protocol, firstPort, lastPort }: Opening): string {
  if (firstPort === 1 && lastPort === 65_535) return `${protocol} all`;
  return `${protocol} ${firstPort === lastPort ? firstPort : `${firstPort}–${lastPort}`}`;
}

function reasonOf({ egress, ingress }: Opening): string {
  const policies = [egress, ingress].flatMap((side: SideVerdict) =>
    side.because === 'rule' ? [side.policy.slice(side.policy.indexOf('/') + 1)] : [],
  );
  return [...new Set(policies)].join(', ');
}

/** `pods of local-dr 10.91.2.0/24`: a network by the centre that it lies in. */
function nameNetwork(cidr: string, centres: readonly Centre[]): string {
  const network = parseCidr(cidr);
  const lies = (within: readonly string[]): boolean =>
    within.some((outer) => covers(parseCidr(outer), network));
  const pods = centres.find(({ podCidrs }) => lies(podCidrs));
  if (pods !== undefined) return `pods of ${pods.name} ${cidr}`;
  const nodes = centres.find(({ nodeCidrs }) => lies(nodeCidrs));
  return nodes === undefined ? cidr : `nodes of ${nodes.name} ${cidr}`;
}

function namePod({ namespace, name }: PodEndpoint): string {
  return name === ANY_POD ? namespace : `${namespace} (${name})`;
}

/** Lines that differ in their source only become one. */
function groupBySource(
  rows: readonly (Omit<ReachabilityRow, 'from'> & { from: string })[],
): ReachabilityRow[] {
  const groups = new Map<string, ReachabilityRow>();
  for (const { from, ...rest } of rows) {
    const key = JSON.stringify(rest);
    groups.set(key, { ...rest, from: [...(groups.get(key)?.from ?? []), from] });
  }
  return [...groups.values()].sort((one, other) => compareTexts(orderOf(one), orderOf(other)));
}

function orderOf({ to, ports, from }: ReachabilityRow): string {
  return [to, ports, ...from].join(' ');
}
