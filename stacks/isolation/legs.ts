import type { BackupStore } from '../../operators/api/kinds/backup-store.ts';
import type { Dataset, Endpoint } from '../../operators/api/kinds/dataset.ts';
import type { Centre } from '../../operators/api/kinds/topology.ts';
import { effectiveClass, policyOf } from '../../operators/api/rules/protection-plan.ts';
import type { SiteModel } from '../../operators/api/site/site-model.ts';

/** One way that copies of a dataset travel: the centre where they land pulls them from a centre that has the data. */
export interface Leg {
  readonly kind: 'real-time' | 'timed' | 'local-copy';
  /** Centre that pulls: the copy lands there. */
  readonly puller: Centre;
  /** Centre that serves the data, as home or with its replica. */
  readonly source: Centre;
  /** Stores in the pulling centre that the copy is put into; none for a replica. */
  readonly stores: readonly BackupStore[];
}

type Way = Omit<Leg, 'stores'>;

/**
 * Every leg that a dataset may need, now and after a takeover: for each centre that may be its home, the legs of the
 * roles that then hold. Openings are made for all of them beforehand, because on the day of a takeover nobody can be
 * asked to deploy into a centre that is gone.
 * @param centres centres of the dataset's zone
 */
export function legsOf(model: SiteModel, dataset: Dataset, centres: readonly Centre[]): Leg[] {
  const { realtime, timed } = policyOf(model.policies, effectiveClass(dataset))?.spec ?? {};
  const able = (centre: Centre): boolean => serves(dataset, centre);
  const ways = centres.filter(able).flatMap((home) => {
    const { replicas, backups } = rolesAround(home, centres);
    const holders = realtime ? [home, ...replicas.filter(able)] : [home];
    return [
      ...waysBetween('real-time', realtime ? replicas : [], [home]),
      ...waysBetween('timed', timed ? backups : [], holders),
      ...waysBetween('local-copy', timed?.localCopy === true ? replicas : [], [home]),
    ];
  });
  const identity = ({ kind, puller, source }: Way): string => `${kind} ${puller.name} ${source.name}`;
  const distinct = new Map(ways.map((way) => [identity(way), way])).values();
  return [...distinct].map((way) => ({
    ...way,
    stores: way.kind === 'real-time' ? [] : storesIn(model, way.puller, timed?.store),
  }));
}

function waysBetween(kind: Leg['kind'], pullers: readonly Centre[], sources: readonly Centre[]): Way[] {
  return pullers.flatMap((puller) =>
    sources.filter((source) => source !== puller).map((source) => ({ kind, puller, source })),
  );
}

/** The store that the policy names, where it stands in that centre; after a takeover, those that do. */
function storesIn({ stores }: SiteModel, centre: Centre, named: string | undefined): BackupStore[] {
  const there = stores.filter(({ spec }) => spec.centre === centre.name);
  const chosen = there.filter(({ metadata }) => metadata.name === named);
  return chosen.length > 0 ? chosen : there;
}

/** The address at which a dataset answers in a centre; undefined where it states none. */
export function addressIn(dataset: Dataset, centre: Centre): { host: string; port: number } | undefined {
  const endpoint = endpointOf(dataset);
  return endpoint?.everywhere ?? endpoint?.perCentre?.find((address) => address.centre === centre.name);
}

/** Whether a centre may hold the data for others: it has an address there. Cluster state is at the API server's. */
function serves(dataset: Dataset, centre: Centre): boolean {
  return dataset.spec.clusterState !== undefined || addressIn(dataset, centre) !== undefined;
}

/** Where the data of a dataset is reached, whichever engine has it; undefined where the engine has no address of its own. */
export function endpointOf({ spec }: Dataset): Endpoint | undefined {
  return (spec.postgres ?? spec.files ?? spec.objects)?.endpoint;
}

/**
 * Who holds the copies while `home` is the home. As designed: the local DR centre the replica, the remote one the
 * backups. After a local takeover the first two are exchanged. After the loss of the city, with the remote centre as home,
 * whichever of the others comes back may do both.
 */
function rolesAround(
  home: Centre,
  centres: readonly Centre[],
): { readonly replicas: readonly Centre[]; readonly backups: readonly Centre[] } {
  const others = centres.filter((centre) => centre !== home);
  if (home.role === 'remote-dr') return { replicas: others, backups: others };
  return {
    replicas: others.filter(({ role }) => role !== 'remote-dr'),
    backups: others.filter(({ role }) => role === 'remote-dr'),
  };
}
