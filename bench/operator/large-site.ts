import { API_VERSION, datasetKind, type Dataset } from '../../operators/api/index.ts';
import { labSite, tenancyOf } from '../../operators/protection/testing/lab-site.ts';
import { TYPES } from '../../operators/protection/testing/protected-centre.ts';
import type { NewObject, ResourceType } from '../../operators/runtime/index.ts';

/** Tenants among which the datasets are spread. */
const TENANTS = 40;

/** An object with how its kind is reached. */
export type TypedObject = readonly [ResourceType, NewObject];

/** The lab's site with many small tenants and datasets instead of its few. */
export interface LargeSite {
  /** Topology, zone, policies, stores, and what stacks deploy for the tenants. */
  readonly surroundings: readonly TypedObject[];
  readonly datasets: readonly NewObject[];
}

/** Makes a site. Each dataset has a protection group of its own, so there will be as many Placements. */
export async function largeSite(count: number): Promise<LargeSite> {
  const { topology, zones, policies, stores } = await labSite();
  const [declared] = zones;
  const tenant = declared?.spec.tenants?.[0];
  if (declared === undefined || tenant === undefined) throw new Error('the lab has no zone with a tenant');
  const quota = { cpu: '100m', memory: '256Mi', storage: '1Gi', pods: 10 };
  const tenants = Array.from({ length: TENANTS }, (_, index) => ({
    ...tenant,
    name: tenantOf(index),
    quota,
  }));
  const sum = { cpu: `${TENANTS}`, memory: `${TENANTS}Gi`, storage: `${TENANTS}Gi`, pods: TENANTS * 10 };
  const spec = { ...declared.spec, quota: sum, tenants, exchangeGrants: [], roles: [] };
  const zone = { ...declared, spec };
  const deployed = [TYPES.namespace, TYPES.quota, TYPES.networkPolicy];
  const surroundings = [
    [TYPES.topology, topology] as const,
    [TYPES.zone, zone] as const,
    ...policies.map((policy) => [TYPES.policy, policy] as const),
    ...stores.map((store) => [TYPES.store, store] as const),
    ...tenancyOf(zone).flatMap((object) =>
      deployed.filter(({ kind }) => kind === object.kind).map((type) => [type, object] as const),
    ),
  ];
  return { surroundings, datasets: Array.from({ length: count }, (_, index) => exampleDataset(index)) };
}

/** A dataset of files that no rule has anything against. @param dailyChange by which one that was changed is told */
export function exampleDataset(index: number, dailyChange = '1MiB'): NewObject & Pick<Dataset, 'spec'> {
  const name = `dataset-${index}`;
  return {
    apiVersion: API_VERSION,
    kind: datasetKind.kind,
    metadata: { name, namespace: tenantOf(index % TENANTS) },
    // As a document is written: the rest are defaults.
    spec: {
      displayName: `数据集 ${index}`,
      owner: { organisation: '实验省数字办' },
      class: index % 5 === 0 ? 'important' : 'general',
      catalogue: { id: `BENCH-${index}`, version: '1' },
      system: { name: '示例系统', securityLevel: 2, cryptography: { status: 'not-required' } },
      protectionGroup: name,
      size: '8MiB',
      dailyChange,
      files: { volumeClaim: name, endpoint: { everywhere: { host: 'files.example', port: 8443 } } },
    } as Dataset['spec'],
  };
}

function tenantOf(index: number): string {
  return `tenant-${index}`;
}
