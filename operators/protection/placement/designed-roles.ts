import type { DataZone, Placement, Topology } from '../../api/index.ts';
import { SYSTEM_NAMESPACE } from '../../api/layout/namespaces.ts';
import { designedParts } from '../../api/rules/locality.ts';

/** Who plays which part, as Placement has it. */
export type Roles = Pick<Placement['spec'], 'home' | 'replica' | 'backup' | 'backupSource'>;

/** Why there are no designed roles, or none here: one word, and a sentence. */
export interface NoRoles {
  readonly reason: 'NoTopology' | 'NoZone' | 'NoRoles' | 'NotHere' | 'NotPlaced' | 'PlacementLost';
  readonly message: string;
}

/** What the roles of a group are derived from: the same documents in every centre, so the same roles. */
export interface Design {
  readonly topology: Topology | undefined;
  readonly zones: readonly DataZone[];
}

/**
 * The roles that the protection groups of a namespace were designed for: home in production, the replica in local DR, backups
 * in remote DR, each the first of its role in the topology among the centres of the tenant's zone. What belongs to no tenant
 * (the state of the platform) has all centres to choose from.
 *
 * Backups are pulled from home, whatever the policies say today: the roles are derived from topology and zone alone, and a
 * group whose policy has no real-time leg has no replica to pull from.
 * @param here centre that asks: a centre without a part in them, such as a municipal cloud, gets none
 */
export function designRoles(
  namespace: string,
  { topology, zones }: Design,
  here: string,
): { readonly roles: Roles } | NoRoles {
  if (topology === undefined) {
    return {
      reason: 'NoTopology',
      message: 'There is not exactly one Topology that can be understood here.',
    };
  }
  const zone = zones.find(({ spec }) => spec.tenants?.some(({ name }) => name === namespace) === true);
  if (zone === undefined && namespace !== SYSTEM_NAMESPACE) {
    return { reason: 'NoZone', message: `${namespace} is the tenant of no DataZone that is known here.` };
  }
  const { home, replica, backup } = designedParts(topology, zone?.spec.centres);
  const where = zone === undefined ? 'the topology' : `the zone ${zone.metadata.name}`;
  if (home === undefined || backup === undefined) {
    const lacking = home === undefined ? 'production centre' : 'remote DR centre';
    return {
      reason: 'NoRoles',
      message: `There is no ${lacking} in ${where}, so nobody could hold the data.`,
    };
  }
  if (![home, replica, backup].includes(here)) {
    return { reason: 'NotHere', message: `${here} has no part in the protection of ${where}.` };
  }
  return { roles: { home, ...(replica !== undefined && { replica }), backup, backupSource: 'home' } };
}
