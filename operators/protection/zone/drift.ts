import { isDeepStrictEqual } from 'node:util';
import { parseQuantity, type DataZone, type Tenant } from '../../api/index.ts';
import { LISTED_DRIFT, LONGEST_DRIFT, type DataZoneStatus } from '../../api/kinds/data-zone-status.ts';
import { copiesNamespace } from '../../api/layout/namespaces.ts';
import {
  COUNTED,
  DEFAULT_DENY,
  DEFAULT_DENY_SPEC,
  POD_SECURITY,
  QUOTA,
  tenantLabels,
} from '../../api/layout/tenant-namespaces.ts';
import type { ObservedQuota } from './observed-kinds.ts';
import { BY_ZONE, objectsIn, type ZoneFacts } from './zone-facts.ts';

/** The declared parts of a quota. */
const PARTS = ['cpu', 'memory', 'storage', 'pods'] as const;

type Drift = NonNullable<DataZoneStatus['drift']>;
type Departure = NonNullable<Drift['objects']>[number];

/**
 * What in this centre differs from the document, as far as namespaces, quotas and isolation show it: what is missing, what
 * was altered by hand, and what is there that no deployment of ours wrote. What else was deployed (roles, limits, the
 * openings that are declared) only `npm run diff` compares, because only the stacks know what they make of a document.
 */
export function findDrift(zone: DataZone, facts: ZoneFacts): Drift {
  const tenants = zone.spec.tenants ?? [];
  const objects = [
    ...tenants.flatMap((tenant) => [
      ...inNamespace(tenant.name, tenantLabels(zone.metadata.name, tenant, 'tenant'), facts, (quota) =>
        alteredQuota(quota, tenant),
      ),
      ...inNamespace(
        copiesNamespace(tenant.name),
        tenantLabels(zone.metadata.name, tenant, 'copies'),
        facts,
        () => undefined,
      ),
    ]),
    ...undeclared(zone, facts),
  ];
  return { total: objects.length, ...(objects.length > 0 && { objects: objects.slice(0, LISTED_DRIFT) }) };
}

function inNamespace(
  name: string,
  labels: Readonly<Record<string, string>>,
  facts: ZoneFacts,
  judgeQuota: (quota: ObservedQuota) => string | undefined,
): Departure[] {
  const namespace = facts.namespaces.find(name);
  // A namespace that is not there has nothing in it: one finding, not three.
  if (namespace?.metadata.deletionTimestamp !== undefined)
    return [{ kind: 'Namespace', name, found: 'is being deleted' }];
  if (namespace === undefined) return [{ kind: 'Namespace', name, found: 'is missing' }];
  const wrong = Object.entries({ ...labels, ...POD_SECURITY })
    .filter(([label, value]) => namespace.metadata.labels?.[label] !== value)
    .map(([label, value]) => `${label} is ${namespace.metadata.labels?.[label] ?? 'missing'}, not ${value}`);
  const quota = objectsIn(facts.quotas, name).find(({ metadata }) => metadata.name === QUOTA);
  const altered = quota === undefined ? 'is missing: nothing limits the namespace' : judgeQuota(quota);
  return [
    ...(wrong.length === 0 ? [] : [departure('Namespace', undefined, name, wrong.join('; '))]),
    ...(altered === undefined ? [] : [departure('ResourceQuota', name, QUOTA, altered)]),
    ...isolation(name, facts),
  ];
}

/** What of a quota is not as it was declared. */
function alteredQuota({ hard }: ObservedQuota, { quota }: Tenant): string | undefined {
  const wrong = PARTS.map((part) => [COUNTED[part], String(quota[part])] as const)
    .filter(([name, amount]) => !isSameAmount(hard[name], amount))
    .map(([name, amount]) => `${name} is ${hard[name] ?? 'not limited'}, not ${amount}`);
  return wrong.length === 0 ? undefined : wrong.join('; ');
}

/** `1` and `1000m` are the same; what cannot be read is another. */
function isSameAmount(found: string | undefined, declared: string): boolean {
  try {
    return found !== undefined && parseQuantity(found) === parseQuantity(declared);
  } catch {
    return false;
  }
}

/** The policy that shuts the namespace, as it was written; and policies that somebody added, each of which opens it. */
function isolation(namespace: string, facts: ZoneFacts): Departure[] {
  const policies = objectsIn(facts.networkPolicies, namespace);
  const shut = policies.find(({ metadata }) => metadata.name === DEFAULT_DENY);
  const added = policies.filter(({ deployed }) => !deployed).map(({ metadata }) => metadata.name);
  const say = (name: string, found: string): Departure => departure('NetworkPolicy', namespace, name, found);
  return [
    ...(shut === undefined ? [say(DEFAULT_DENY, 'is missing: the namespace is open')] : []),
    ...(shut !== undefined && !isDeepStrictEqual(shut.spec, DEFAULT_DENY_SPEC)
      ? [say(DEFAULT_DENY, 'was altered: the namespace may be open')]
      : []),
    ...added.sort().map((name) => say(name, 'is no declared opening: no deployment of zaibei wrote it')),
  ];
}

/** Namespaces that carry the label of the zone and are no tenant's. */
function undeclared(zone: DataZone, { namespaces }: ZoneFacts): Departure[] {
  const declared = new Set((zone.spec.tenants ?? []).flatMap(({ name }) => [name, copiesNamespace(name)]));
  return namespaces
    .having(BY_ZONE, zone.metadata.name)
    .map(({ metadata }) => metadata.name)
    .filter((name) => !declared.has(name))
    .sort()
    .map((name) =>
      departure('Namespace', undefined, name, 'is labelled as part of the zone, and no tenant of it'),
    );
}

function departure(
  kind: Departure['kind'],
  namespace: string | undefined,
  name: string,
  found: string,
): Departure {
  return { kind, ...(namespace !== undefined && { namespace }), name, found: found.slice(0, LONGEST_DRIFT) };
}
