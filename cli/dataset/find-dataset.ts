import type { Centre, Dataset } from '../../operators/api/index.ts';
import type { DatasetName } from '../../operators/api/layout/source-access.ts';
import type { CentreSession } from '../centres/centre-session.ts';
import type { CentreAccess, FoundCentres } from '../centres/find-centres.ts';
import { CliError } from '../cli-error.ts';
import type { Say } from '../messages/say.ts';
import type { KnownPlacement } from './placement/find-placement.ts';
import { accessesOf } from './secrets/access-places.ts';

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
  /** Names of those of its tenant's zone: in no other has the tenant namespaces, or a part. */
  readonly zone: readonly string[];
}

/** With the centres that play a part for it now. */
export interface PlacedDataset extends DescribedDataset, KnownPlacement {}

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
  const { name, spec } = found;
  const all = site.topology.spec.centres;
  const zone = site.zones.find(({ spec: { tenants } }) =>
    tenants?.some((one) => one.name === name.namespace),
  );
  return { name, spec, all, zone: zone?.spec.centres ?? all.map((centre) => centre.name) };
}
