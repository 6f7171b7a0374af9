import path from 'node:path';
import { execute } from '../../lab/execute.ts';
import { datasetKind } from '../../operators/api/index.ts';
import { resourceTypeOf } from '../../operators/runtime/index.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { type Keep, withOpened } from '../opened.ts';
import { type FilledCluster, inParallel } from './filled-cluster.ts';
import type { LargeSite } from './large-site.ts';
import { ListingProgram } from './listing-program.ts';

const REFLECTING = path.join(import.meta.dirname, 'reflecting.ts');

/** Our reflector and kubectl, each in a process of its own, on the same objects. */
export interface WatchingMeasured {
  /** CPU seconds to list all objects; ours without the start of the process. */
  readonly listCpu: number;
  readonly kubectlListCpu: number;
  /** CPU seconds to hear of one change of each. */
  readonly watchCpu: number;
  readonly kubectlWatchCpu: number;
  /** The most memory it had, in MiB. */
  readonly watchingMemory: number;
  readonly kubectlMemory: number;
}

/** What is to be listed, and by what. */
export interface Watched {
  readonly plane: ControlPlane;
  readonly cluster: FilledCluster;
  readonly site: LargeSite;
  readonly kubectl: string;
}

/** Lists all datasets, one program after the other; then both watch while each dataset is changed once. */
export function measureWatching(watched: Watched): Promise<WatchingMeasured> {
  return withOpened((keep) => measure(watched, keep));
}

async function measure({ plane, cluster, site, kubectl }: Watched, keep: Keep): Promise<WatchingMeasured> {
  const { kubeconfig, context, folder } = plane;
  const count = site.datasets.length;
  const flags = [`--kubeconfig=${kubeconfig.file}`, `--context=${context}`, `--cache-dir=${folder}/kubectl`];
  const get = [...flags, 'get', datasetKind.crdName, '--all-namespaces', '--output=name'];
  // It asks once what the server has, and keeps it in files.
  await execute(kubectl, get);

  const theirs = keep(new ListingProgram(kubectl, [...get, '--watch']));
  const kubectlListCpu = await theirs.untilLines(count);
  const ours = keep(new ListingProgram(process.execPath, [REFLECTING, kubeconfig.file, context]));
  const loaded = await ours.untilLines(1);
  const listed = await ours.untilLines(1 + count);

  const type = resourceTypeOf(datasetKind);
  await inParallel(site.datasets, (dataset) => {
    const { name, namespace } = dataset.metadata;
    return cluster.apply(type, { ...dataset, metadata: { name, namespace, labels: { changed: 'once' } } });
  });
  return {
    listCpu: listed - loaded,
    kubectlListCpu,
    watchCpu: (await ours.untilLines(1 + 2 * count)) - listed,
    kubectlWatchCpu: (await theirs.untilLines(2 * count)) - kubectlListCpu,
    watchingMemory: ours.usage().peakMemory,
    kubectlMemory: theirs.usage().peakMemory,
  };
}
