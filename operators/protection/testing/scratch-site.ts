import type { Dataset } from '../../api/index.ts';
import type { NewObject, ResourceType } from '../../runtime/index.ts';
import { NAMESPACES, NETWORK_POLICIES, QUOTAS } from '../zone/observed-kinds.ts';
import { labSite, tenancyOf } from './lab-site.ts';
import { TYPES } from './protected-centre.ts';

/** A small site for a real API server, with tenants that no other run has. */
export interface ScratchSite {
  readonly datasets: readonly Dataset[];
  /** Its documents and what stacks would have deployed, in the order in which they can be written. */
  readonly objects: readonly (readonly [ResourceType, NewObject])[];
}

/** The lab's site with two of its tenants. @param names what they are called: `population` → `population-x1` */
export async function scratchSite(
  names: Readonly<Record<'population' | 'economy', string>>,
): Promise<ScratchSite> {
  const site = await labSite();
  const named = new Map(Object.entries(names));
  const [declared] = site.zones;
  if (declared === undefined) throw new Error('the lab has no zone');
  const tenants = (declared.spec.tenants ?? []).flatMap((tenant) => {
    const name = named.get(tenant.name);
    return name === undefined ? [] : { ...tenant, name };
  });
  const zone = { ...declared, spec: { ...declared.spec, tenants, exchangeGrants: [], roles: [] } };
  const datasets = site.datasets.flatMap((dataset) => {
    const namespace = named.get(dataset.metadata.namespace ?? '');
    return namespace === undefined ? [] : { ...dataset, metadata: { ...dataset.metadata, namespace } };
  });
  const deployed = tenancyOf(zone).flatMap((object) =>
    [NAMESPACES, QUOTAS, NETWORK_POLICIES]
      .filter(({ kind }) => kind === object.kind)
      .map((type) => [type, object] as const),
  );
  const objects = [
    [TYPES.topology, site.topology] as const,
    [TYPES.zone, zone] as const,
    ...site.policies.map((policy) => [TYPES.policy, policy] as const),
    ...site.stores.map((store) => [TYPES.store, store] as const),
    ...deployed,
    ...datasets.map((dataset) => [TYPES.dataset, dataset] as const),
  ];
  return { datasets, objects };
}
