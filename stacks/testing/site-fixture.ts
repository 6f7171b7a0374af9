import { backupStoreKind, type BackupStore } from '../../operators/api/kinds/backup-store.ts';
import { dataZoneKind, type DataZone } from '../../operators/api/kinds/data-zone.ts';
import { datasetKind, type Dataset } from '../../operators/api/kinds/dataset.ts';
import { API_VERSION } from '../../operators/api/kinds/kind.ts';
import { protectionPolicyKind, type ProtectionPolicy } from '../../operators/api/kinds/protection-policy.ts';
import { siteSchema, type Site } from '../../operators/api/kinds/site.ts';
import { topologyKind, type Topology } from '../../operators/api/kinds/topology.ts';
import type { SiteModel } from '../../operators/api/site/site-model.ts';

/** Centres of the fixture: node networks 10.1.0.0/24, 10.2.0.0/24 …, pod networks 10.101.0.0/16, 10.102.0.0/16 … */
export const CENTRES = ['production', 'local-dr', 'remote-dr'] as const;

/** What a test says about a grant; everything else is filled in. */
export interface GrantFixture {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly fromLabels?: Record<string, string>;
  readonly toLabels?: Record<string, string>;
}

/** What a test says about a dataset; it answers at its NodePort in every centre. */
export interface DatasetFixture {
  readonly name: string;
  readonly tenant: string;
  readonly engine: 'postgres' | 'files';
  readonly class: 'core' | 'important' | 'general';
  readonly nodePort: number;
}

/** What a test says about a tenant. */
export interface TenantFixture {
  readonly name: string;
  readonly apiAccess?: boolean;
}

/** What a test says about a site; two places and three centres, one zone in all of them. */
export interface SiteFixture {
  readonly tenants?: readonly TenantFixture[];
  readonly grants?: readonly GrantFixture[];
  readonly datasets?: readonly DatasetFixture[];
  readonly roles?: DataZone['spec']['roles'];
  readonly site?: Partial<Site['spec']>;
}

/** A site of which only the given is interesting. Every document has the right shape; no rule of meaning is asked. */
export function siteFixture(fixture: SiteFixture = {}): SiteModel {
  return {
    name: 'test',
    directory: '/site',
    site: siteSchema.parse({
      apiVersion: API_VERSION,
      kind: 'Site',
      metadata: { name: 'test' },
      spec: { renderer: 'kubectl', state: { local: { directory: 'state' } }, ...fixture.site },
    }),
    topology: topology(),
    zones: [zone(fixture)],
    policies: [policy('core', true), policy('important', true), policy('general', false)],
    datasets: (fixture.datasets ?? []).map(dataset),
    stores: [store('remote', 'remote-dr'), store('local', 'local-dr')],
  };
}

/** Address of the node at which datasets answer in a centre. */
export function nodeAddress(centre: string): string {
  return `10.${CENTRES.findIndex((name) => name === centre) + 1}.0.1`;
}

/** Labels of the pods that hold a database of the fixture. */
export function databaseLabels(name: string): Record<string, string> {
  return { db: name };
}

const owner = { organisation: '省公安厅', contact: 'duty desk' };

function document(kind: string, name: string, spec: object, namespace?: string): object {
  return { apiVersion: API_VERSION, kind, metadata: { name, ...(namespace && { namespace }) }, spec };
}

function topology(): Topology {
  const centres = CENTRES.map((name, index) => ({
    name,
    displayName: name,
    role: name,
    region: 'city',
    networkDomain: 'extranet',
    position: { latitude: 0, longitude: index },
    apiServer: `https://${nodeAddress(name)}:6443`,
    nodeCidrs: [`10.${index + 1}.0.0/24`],
    podCidrs: [`10.${index + 101}.0.0/16`],
    owner,
  }));
  const regions = [{ name: 'city', displayName: '市', level: 'city' }];
  return topologyKind.schema.parse(
    document('Topology', 'test', { profile: 'fujian-2023', regions, centres }),
  );
}

function zone({ tenants = [], grants = [], roles }: SiteFixture): DataZone {
  const quota = { cpu: '4', memory: '8Gi', storage: '100Gi', pods: 40 };
  return dataZoneKind.schema.parse(
    document('DataZone', 'province', {
      displayName: '省政务云数据区',
      level: 'province',
      region: 'city',
      centres: [...CENTRES],
      networkDomain: 'extranet',
      owner,
      quota: { ...quota, pods: 1000 },
      platforms: [
        { name: 'provincial', displayName: '省平台', kind: 'provincial', level: 'province', owner },
      ],
      tenants: tenants.map(({ name, apiAccess = false }) => ({
        name,
        displayName: name,
        kind: 'department',
        platform: 'provincial',
        owner,
        quota,
        apiAccess,
      })),
      exchangeGrants: grants.map(({ name, from, to, port, fromLabels, toLabels }) => ({
        name,
        from: { tenant: from, ...(fromLabels && { podLabels: fromLabels }) },
        to: { tenant: to, ports: [{ port }], ...(toLabels && { podLabels: toLabels }) },
        purpose: 'a test',
        approvedBy: 'nobody',
      })),
      ...(roles && { roles }),
    }),
  );
}

function dataset({ name, tenant, engine, class: dataClass, nodePort }: DatasetFixture): Dataset {
  const perCentre = CENTRES.map((centre) => ({ centre, host: nodeAddress(centre), port: nodePort }));
  const data =
    engine === 'postgres'
      ? { postgres: { endpoint: { perCentre }, podLabels: databaseLabels(name), databases: [{ name }] } }
      : { files: { endpoint: { perCentre }, volumeClaim: name } };
  const common = { displayName: name, owner, class: dataClass, protectionGroup: name };
  return datasetKind.schema.parse(
    document('Dataset', name, { ...common, size: '1GiB', dailyChange: '1MiB', ...data }, tenant),
  );
}

function policy(dataClass: string, realtime: boolean): ProtectionPolicy {
  const lag = { lagWarning: '5s', lagCritical: '60s', lagCeiling: '30m' };
  const lost = { siteLossRpo: '1h', siteLossRto: '1h', cityLossRpo: '1h', cityLossRto: '1h' };
  return protectionPolicyKind.schema.parse(
    document('ProtectionPolicy', dataClass, {
      class: dataClass,
      profile: 'fujian-2023',
      version: 'test',
      owner,
      ...(realtime && { realtime: { durability: 'required', ...lag } }),
      timed: {
        schedule: { cron: '0 * * * *', timeZone: 'Asia/Shanghai' },
        store: 'remote',
        deadline: '30m',
        localCopy: realtime,
      },
      targets: { ...lost, corruptionRpo: '1h' },
      retention: { keepLast: 1, keepVerified: 1 },
      verification: { level: 'restored', every: '1d' },
    }),
  );
}

function store(name: string, centre: string): BackupStore {
  return backupStoreKind.schema.parse(
    document('BackupStore', name, {
      centre,
      engine: 'restic',
      location: { volume: { volumeClaim: 'backups' } },
      key: { id: name, algorithm: 'AES-256', secret: 'key' },
      immutability: { mode: 'append-only', minimumAge: '1d', keepVerified: 1 },
      capacity: '1TiB',
      owner,
    }),
  );
}
