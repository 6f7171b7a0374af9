import { SiteAuthority } from '../authority/site-authority.ts';
import type { LabInstance } from '../instance.ts';
import { FORGOTTEN_PODS, forgottenTenant } from './civil-affairs.ts';
import { databaseName, databasePods, type SampleDatabase } from './database-settings.ts';
import { databaseTenant } from './database-tenant.ts';
import { LICENCE_PODS, licenceTenant } from './licences.ts';
import { keptPasswords } from './passwords.ts';
import { TENANT_SIZES, type SampleTenant, type TenantPods, type TenantSizes } from './sample-tenant.ts';

/** The centre in which the tenants run: home of all datasets until a takeover. */
export const HOME_CENTRE = 'production';

/** The databases of the lab: 人口基础库, important; 经济基础库, general. Names and ports are those of config/lab/datasets.yaml. */
export function sampleDatabases({ people }: TenantSizes): readonly SampleDatabase[] {
  return [
    { tenant: 'population', nodePort: 30_432, rows: people },
    { tenant: 'economy', nodePort: 30_433, rows: Math.ceil(people / 10) },
  ];
}

/** Where the pods of all tenants are. */
export const TENANT_PODS: readonly TenantPods[] = [
  ...sampleDatabases(TENANT_SIZES.full).map(databasePods),
  LICENCE_PODS,
  FORGOTTEN_PODS,
];

/** The tenants of an instance, with keys that are made once and kept. */
export async function sampleTenants(
  instance: LabInstance,
  sizes: TenantSizes,
): Promise<readonly SampleTenant[]> {
  const authority = await SiteAuthority.open(instance);
  const databases = await Promise.all(
    sampleDatabases(sizes).map(async (database) => {
      const subject = {
        commonName: databaseName(database),
        usage: ['serverAuth'],
        names: serverNames(database, instance),
      } as const;
      return databaseTenant(database, instance, {
        passwords: await keptPasswords(instance, database.tenant),
        certificate: await authority.keep(databaseName(database), subject),
      });
    }),
  );
  return [...databases, licenceTenant(sizes), forgottenTenant()];
}

/** By what a database is asked for: the nodes of every centre that may be its home, and its Service. */
function serverNames(database: SampleDatabase, { centres }: LabInstance): readonly string[] {
  const service = `${databaseName(database)}.${database.tenant}`;
  return [
    ...centres.map(({ nodeAddress }) => `IP:${nodeAddress}`),
    ...[service, `${service}.svc`, `${service}.svc.cluster.local`].map((name) => `DNS:${name}`),
  ];
}
