import { OPERATOR } from '../../api/layout/identities.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { everyObject, keyOf, type ApiClient, type ObjectKey } from '../../runtime/index.ts';
import { DEPLOYMENTS } from './exporter-kinds.ts';
import { removeExporter } from './place-exporter.ts';

/** Exporters, and nothing that a stranger has made. */
const OURS = `${LABELS.exporter},${LABELS.managedBy}=${OPERATOR}`;

/** An exporter that is not there any more. */
export interface WithdrawnExporter {
  /** Its dataset. */
  readonly dataset: ObjectKey;
  readonly reason: string;
}

/**
 * Withdraws each exporter in this centre that is not wanted any more. They are looked for in the cluster, not in what the process
 * remembers: whatever became of a dataset while nobody led, a door to its files does not stay open.
 * @param why the exporter of a dataset is not wanted; undefined: it is
 * @throws ApiError
 */
export async function* withdrawExporters(
  client: ApiClient,
  why: (dataset: ObjectKey) => string | undefined,
  signal: AbortSignal,
): AsyncGenerator<WithdrawnExporter> {
  for await (const deployment of everyObject(client, DEPLOYMENTS, { labelSelector: OURS }, signal)) {
    const { dataset } = deployment;
    const reason = dataset && why(dataset);
    if (dataset === undefined || reason === undefined) continue;
    await removeExporter(client, keyOf(deployment), signal);
    yield { dataset, reason };
  }
}
