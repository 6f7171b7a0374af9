import type { DataZone, Tenant } from '../operators/api/kinds/data-zone.ts';
import type { Platform } from '../operators/api/kinds/platform.ts';
import type { Dataset } from '../operators/api/kinds/dataset.ts';
import type { Centre } from '../operators/api/kinds/topology.ts';
import { SYSTEM_NAMESPACE } from '../operators/api/layout/namespaces.ts';
import type { SiteModel } from '../operators/api/site/site-model.ts';

/** A tenant in one centre, with what it belongs to and what of it is protected. */
export interface TenantView {
  readonly zone: DataZone;
  readonly tenant: Tenant;
  readonly platform: Platform | undefined;
  readonly datasets: readonly Dataset[];
}

/** What of a site concerns one centre: the facts from which its stacks are made. */
export interface CentreView {
  readonly model: SiteModel;
  readonly centre: Centre;
  /** Zones that stand in the centre. */
  readonly zones: readonly DataZone[];
  /** Tenants of those zones, by name. */
  readonly tenants: readonly TenantView[];
  /** Datasets in the system namespace: the state of the platform itself. */
  readonly systemDatasets: readonly Dataset[];
  /** The other centres of those zones: the operator reads them, and copies travel between them. */
  readonly peers: readonly Centre[];
}

/**
 * What of the site concerns one centre. A municipal cloud (市级数据云) sees its own zone and not the province's tenants;
 * centres that share a zone see the same.
 */
export function viewCentre(model: SiteModel, centre: Centre): CentreView {
  const zones = model.zones.filter(({ spec }) => spec.centres.includes(centre.name));
  const datasetsIn = (namespace: string): Dataset[] =>
    model.datasets.filter(({ metadata }) => metadata.namespace === namespace);
  const tenants = zones
    .flatMap((zone) =>
      (zone.spec.tenants ?? []).map((tenant): TenantView => ({
        zone,
        tenant,
        platform: zone.spec.platforms.find(({ name }) => name === tenant.platform),
        datasets: datasetsIn(tenant.name),
      })),
    )
    .sort((one, other) => (one.tenant.name < other.tenant.name ? -1 : 1));
  const names = new Set(zones.flatMap(({ spec }) => spec.centres));
  return {
    model,
    centre,
    zones,
    tenants,
    systemDatasets: centre.role === 'municipal' ? [] : datasetsIn(SYSTEM_NAMESPACE),
    peers: model.topology.spec.centres.filter(({ name }) => name !== centre.name && names.has(name)),
  };
}

/** The centres in which a tenant's zone stands, in the order of the topology. */
export function centresOfZone({ topology }: SiteModel, zone: DataZone): Centre[] {
  return topology.spec.centres.filter(({ name }) => zone.spec.centres.includes(name));
}
