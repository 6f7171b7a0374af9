import { placementKind, type Centre, type Dataset, type Placement } from '../../operators/api/index.ts';
import type { DatabaseAccess } from '../../operators/api/layout/source-access.ts';
import { resourceTypeOf } from '../../operators/runtime/index.ts';
import type { CentreSession } from '../centres/centre-session.ts';
import type { CentreAccess, FoundCentres } from '../centres/find-centres.ts';
import { CliError } from '../cli-error.ts';
import type { Say } from '../messages/say.ts';

/** How long one request to a centre may take, in milliseconds. */
const PATIENCE = 10_000;

/** A centre, while something is done with it. */
export interface OpenCentre {
  readonly access: CentreAccess;
  readonly session: CentreSession;
}

/** A PostgreSQL dataset, and the centres that play a part for it now. */
export interface PlacedDataset {
  readonly dataset: Dataset;
  readonly postgres: NonNullable<Dataset['spec']['postgres']>;
  readonly placement: Placement['spec'];
  /** All centres of the site: from the pod networks of each of them it may be reached. */
  readonly all: readonly Centre[];
}

/** The PostgreSQL dataset of that key. @throws CliError */
export function findDataset(key: string, { site }: FoundCentres, say: Say): Omit<PlacedDataset, 'placement'> {
  if (site === undefined) throw new CliError('ZB-CLI-002', say('siteNeeded'));
  const dataset = site.datasets.find(
    ({ metadata: { namespace, name } }) => `${namespace ?? ''}/${name}` === key,
  );
  const postgres = dataset?.spec.postgres;
  if (dataset === undefined || postgres === undefined) {
    const names = site.datasets
      .filter(({ spec }) => spec.postgres !== undefined)
      .map(({ metadata: { namespace, name } }) => `${namespace ?? ''}/${name}`);
    throw new CliError('ZB-CLI-008', say('noSuchDatabase', { key, names: names.join(', ') }));
  }
  return { dataset, postgres, all: site.topology.spec.centres };
}

/**
 * The present roles of its group: those of the highest epoch that any centre knows.
 * @throws CliError when none answers, or none has placed it yet
 */
export async function findPlacement(
  { metadata: { namespace = '' }, spec }: Dataset,
  centres: readonly OpenCentre[],
  say: Say,
): Promise<Placement['spec']> {
  const key = `${namespace}/${spec.protectionGroup}`;
  const answers = await Promise.allSettled(
    centres.map(({ session }) =>
      session.client.find(resourceTypeOf(placementKind), key, { signal: AbortSignal.timeout(PATIENCE) }),
    ),
  );
  const known = answers.flatMap((answer) =>
    answer.status === 'fulfilled' && answer.value !== undefined ? [answer.value.spec] : [],
  );
  const [newest] = known.sort((one, other) => other.epoch - one.epoch);
  if (newest === undefined) throw new CliError('ZB-CLI-009', say('notPlaced', { key }));
  return newest;
}

/** Centres that use an access, by their part: the guard is where the data is, and where it is after a takeover. */
export function centresOf(access: DatabaseAccess, { home, replica, backup }: Placement['spec']): string[] {
  const centres = access === 'guard' ? [home, replica] : [replica, backup];
  return [...new Set(centres.filter((centre) => centre !== undefined))];
}
