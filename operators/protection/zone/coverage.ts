import type { DataZone } from '../../api/index.ts';
import { LISTED_UNCOVERED, type DataZoneStatus } from '../../api/kinds/data-zone-status.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { compareKeys, type ApiObject } from '../../runtime/index.ts';
import { ClaimsInUse } from './claims-in-use.ts';
import { NamedPods } from './named-pods.ts';
import type { ObservedWorkload } from './observed-kinds.ts';
import { objectsIn, type ZoneFacts } from './zone-facts.ts';

/** What there is against what Datasets name; part of the status of a zone. */
export type Coverage = NonNullable<DataZoneStatus['coverage']>;

type Uncovered = NonNullable<Coverage['uncovered']>[number];

/** A namespace's workloads and claims, each with whether a Dataset names it. */
interface NamespaceCoverage {
  readonly claims: readonly Judged<ApiObject>[];
  /** Those that keep something: StatefulSets, and Deployments with claims. */
  readonly workloads: readonly Judged<ObservedWorkload>[];
  /** Deployments without claims that no Dataset names. */
  readonly stateless: readonly ObservedWorkload[];
}

interface Judged<T> {
  readonly object: T;
  readonly covered: boolean;
}

/**
 * What of a zone no Dataset names: what exists minus what is named, so that nothing is left out because nobody thought of it.
 * Whether what is named is protected too is told by each Dataset.
 */
export function judgeCoverage(zone: DataZone, facts: ZoneFacts): Coverage {
  const tenants = (zone.spec.tenants ?? []).map(({ name }) => judgeNamespace(name, facts));
  const claims = tenants.flatMap((tenant) => tenant.claims);
  const workloads = tenants.flatMap((tenant) => tenant.workloads);
  const stateless = tenants.flatMap((tenant) => tenant.stateless);
  const [bareClaims, bareWorkloads] = [uncovered(claims), uncovered(workloads)];
  const listed = [
    ...bareClaims.map((claim) => describe(claim)),
    ...bareWorkloads.map((workload) => describe(workload)),
    ...stateless.toSorted(compareKeys).map((workload) => ({ ...describe(workload), stateless: true })),
  ].slice(0, LISTED_UNCOVERED);
  return {
    workloads: workloads.length,
    uncoveredWorkloads: bareWorkloads.length,
    claims: claims.length,
    uncoveredClaims: bareClaims.length,
    stateless: stateless.length,
    ...(listed.length > 0 && { uncovered: listed }),
  };
}

function judgeNamespace(namespace: string, facts: ZoneFacts): NamespaceCoverage {
  const datasets = facts.datasetsIn(namespace);
  const claims = objectsIn(facts.claims, namespace);
  const workloads = [
    ...objectsIn(facts.statefulSets, namespace),
    // The exporters of the operator are there to protect, not to be protected.
    ...objectsIn(facts.deployments, namespace).filter(
      ({ podLabels }) => podLabels[LABELS.exporter] === undefined,
    ),
  ];
  const inUse = new ClaimsInUse(claims);
  const pods = new NamedPods(datasets);
  const named = new Set(workloads.filter(({ podLabels }) => pods.have(podLabels)));
  const covered = new Set([
    ...datasets.flatMap(({ spec }) => spec.files?.volumeClaim ?? []),
    ...[...named].flatMap((workload) => inUse.of(workload)).map(({ metadata }) => metadata.name),
  ]);
  const judged = workloads.map((object) => {
    const own = inUse.of(object);
    const isStateless = object.kind === 'Deployment' && object.claims.length === 0;
    // Whose every claim is covered keeps nothing that is not.
    const byClaims = own.length > 0 && own.every(({ metadata }) => covered.has(metadata.name));
    return { object, isStateless, covered: named.has(object) || byClaims };
  });
  return {
    claims: claims.map((object) => ({ object, covered: covered.has(object.metadata.name) })),
    workloads: judged.filter(({ isStateless }) => !isStateless),
    stateless: judged.filter((one) => one.isStateless && !one.covered).map(({ object }) => object),
  };
}

function uncovered<T extends ApiObject>(judged: readonly Judged<T>[]): T[] {
  return judged
    .filter((one) => !one.covered)
    .map(({ object }) => object)
    .sort(compareKeys);
}

function describe({ kind, metadata: { namespace = '', name } }: ApiObject): Uncovered {
  return { kind: kind as Uncovered['kind'], namespace, name }; // only these kinds are judged
}
