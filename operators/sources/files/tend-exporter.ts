import type { Dataset } from '../../api/index.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { keyOf, type ApiClient, type Live } from '../../runtime/index.ts';
import { isClaimMounted } from './claim-users.ts';
import { PODS, type ExporterPod } from './exporter-kinds.ts';
import type { ExporterFinding } from './exporter-samples.ts';
import type { ExporterObjects } from './exporter-workload.ts';
import { judgeExporter, judgeUnbegun } from './judge-exporter.ts';
import { writeExporter } from './place-exporter.ts';
import type { ReadReport } from './read-report.ts';

/** What an exporter is looked after with. */
export interface TendingParts {
  readonly client: ApiClient;
  readonly readReport: ReadReport;
  /** Whether the claim of the dataset is there. */
  readonly claimed: boolean;
}

/**
 * Sees to it that the exporter of a dataset is there, and asks it how it is.
 * @throws StrangerError where its name is taken by what is not ours; ApiError
 */
export async function tendExporter(
  dataset: Live<Dataset>,
  workload: ExporterObjects,
  { client, readReport, claimed }: TendingParts,
  signal: AbortSignal,
): Promise<ExporterFinding> {
  const { namespace = '', name } = dataset.metadata;
  const claim = dataset.spec.files?.volumeClaim ?? '';
  const mayBegin = (): Promise<boolean> => isClaimMounted(client, namespace, claim, signal);
  const written = await writeExporter(client, workload, mayBegin, signal);
  if (written === undefined) return { verdict: judgeUnbegun(claim, claimed) };
  const pod = await findPod(client, namespace, name, signal);
  const report =
    pod?.address === undefined ? undefined : await readReport(pod.address, signal).catch(() => undefined);
  // Another pod may have taken over the address of one that is gone.
  const own = report?.dataset === keyOf(dataset) ? report : undefined;
  const { startedWith } = workload;
  const until = own?.certificateUntil;
  return {
    verdict: judgeExporter(dataset.spec, {
      claimed,
      failure: written.failure,
      pod,
      startedWith,
      report: own,
    }),
    certificateUntil: until === undefined ? undefined : Date.parse(until),
  };
}

/** The pod that runs; where none does, one that does not. */
async function findPod(
  client: ApiClient,
  namespace: string,
  dataset: string,
  signal: AbortSignal,
): Promise<ExporterPod | undefined> {
  const labelSelector = `${LABELS.exporter}=${dataset}`;
  const { items } = await client.listPage(PODS, { namespace, labelSelector, limit: 10 }, { signal });
  const pods = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return pods.find(({ waiting }) => waiting === undefined) ?? pods[0];
}
