import type { DataZone } from '../../api/index.ts';
import { LABELS } from '../../api/layout/labels.ts';
import type { ApiObject, Reader } from '../../runtime/index.ts';
import { BY_ZONE } from './zone-facts.ts';

/** The tenants of a zone, as declared and as their namespaces show it. */
export interface ObservedTenants {
  /** Declared, and its namespace stands and is the zone's. */
  readonly standing: readonly string[];
  /** Declared, and its namespace does not stand, or is another's. */
  readonly missing: readonly string[];
  /** Tenants' namespaces of the zone that it does not declare. */
  readonly undeclared: readonly string[];
}

/** Holds the declared tenants against the namespaces that carry the zone's label. */
export function observeTenants(zone: DataZone, namespaces: Reader<ApiObject>): ObservedTenants {
  const declared = (zone.spec.tenants ?? []).map(({ name }) => name);
  const found = namespaces
    .having(BY_ZONE, zone.metadata.name)
    .filter(
      ({ metadata }) =>
        metadata.labels?.[LABELS.purpose] === 'tenant' && metadata.deletionTimestamp === undefined,
    )
    .map(({ metadata }) => metadata.name);
  return {
    standing: declared.filter((name) => found.includes(name)),
    missing: declared.filter((name) => !found.includes(name)),
    undeclared: found.filter((name) => !declared.includes(name)),
  };
}
