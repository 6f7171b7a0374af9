import { placementKind, type Centre, type Dataset, type Placement } from '../../operators/api/index.ts';
import { groupOf } from '../../operators/api/layout/protection-group.ts';
import type { DatasetName } from '../../operators/api/layout/source-access.ts';
import { resourceTypeOf } from '../../operators/runtime/index.ts';
import type { CentreSession } from '../centres/centre-session.ts';
import type { CentreAccess, FoundCentres } from '../centres/find-centres.ts';
import { CliError } from '../cli-error.ts';
import type { Say } from '../messages/say.ts';
import { accessesOf } from './secrets/access-places.ts';

/** How long one request to a centre may take, in milliseconds. */
const PATIENCE = 10_000;

/** A centre, while something is done with it. */
export interface OpenCentre {
  readonly access: CentreAccess;
  readonly session: CentreSession;
}

/** A dataset that can be prepared, as the site describes it. */
export interface DescribedDataset {
  readonly name: DatasetName;
  readonly spec: Dataset['spec'];
  /** All centres of the site: from the pod networks of each of them it may be reached. */
  readonly all: readonly Centre[];
}

/** With the centres that play a part for it now. */
export interface PlacedDataset extends DescribedDataset {
  readonly placement: Placement['spec'];
}

/** The dataset of that key, of a kind that is prepared. @throws CliError */
export function findDataset(key: string, { site }: FoundCentres, say: Say): DescribedDataset {
  if (site === undefined) throw new CliError('ZB-CLI-002', say('siteNeeded'));
  const prepared = site.datasets.filter(({ spec }) => accessesOf(spec).length > 0);
  const named = prepared.map(({ metadata: { namespace = '', name }, spec }) => {
    return { key: `${namespace}/${name}`, name: { namespace, name }, spec };
  });
  const found = named.find((dataset) => dataset.key === key);
  if (found === undefined) {
    const names = named.map((dataset) => dataset.key).join(', ');
    throw new CliError('ZB-CLI-008', say('noSuchSource', { key, names }));
  }
  return { name: found.name, spec: found.spec, all: site.topology.spec.centres };
}

/**
 * The present roles of its group: those of the highest epoch that any centre knows.
 * @throws CliError when none answers, or none has placed it yet
 */
export async function findPlacement(
  { name: { namespace }, spec }: DescribedDataset,
  centres: readonly OpenCentre[],
  say: Say,
): Promise<Placement['spec']> {
  const key = groupOf({ metadata: { namespace }, spec });
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
