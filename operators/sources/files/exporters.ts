import { datasetKind, placementKind, type Dataset, type Placement } from '../../api/index.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { groupOf } from '../../api/layout/protection-group.ts';
import type { Verdict } from '../../protection/index.ts';
import {
  Complaint,
  keyOf,
  pause,
  resourceTypeOf,
  type ApiObject,
  type BackgroundWork,
  type Change,
  type ChangeSource,
  type Dependencies,
  type Live,
  type ObjectKey,
  type Reader,
} from '../../runtime/index.ts';
import { isClaimMounted } from './claim-users.ts';
import { CLAIMS, PODS } from './exporter-kinds.ts';
import { exporterKey, exporterWorkload, type ExporterObjects } from './exporter-workload.ts';
import { judgeExporter, judgeUnbegun } from './judge-exporter.ts';
import { removeExporter, writeExporter } from './place-exporter.ts';
import { judgeElsewhere } from '../watch/judge-elsewhere.ts';
import { NOT_LOOKED_AT } from '../watch/until-looked-at.ts';
import { readReport, type ReadReport } from './read-report.ts';

/** So often every exporter is looked at, in milliseconds. */
export const LOOK_INTERVAL = 15_000;

/** What was found at a look counts for so long; after it, nothing is known any more. */
export const LOOK_LIFETIME = 4 * LOOK_INTERVAL;

/** Looks at the same time. */
const AT_ONCE = 8;

/** What is known of one exporter. */
export interface ExporterSample {
  readonly verdict: Verdict;
  /** When it was looked at, in wall-clock milliseconds. */
  readonly at: number;
  /** Until when its certificate is valid, in wall-clock milliseconds. */
  readonly certificateUntil?: number | undefined;
}

/** The exporters of the datasets of files: where this centre is home it has one, is asked how it is; elsewhere it has none. */
export class Exporters implements BackgroundWork {
  readonly name = 'exporters';
  readonly #dependencies: Dependencies;
  readonly #readReport: ReadReport;
  readonly #datasets: Reader<Live<Dataset>>;
  readonly #placements: Reader<Live<Placement>>;
  readonly #claims: Reader<ApiObject>;
  readonly #samples = new Map<ObjectKey, ExporterSample>();
  /** Datasets that are at home elsewhere, and of which nothing is left here. */
  readonly #cleared = new Set<ObjectKey>();
  readonly #listeners: ((change: Change<ObjectKey>) => void)[] = [];
  readonly #complaint: Complaint;

  constructor(dependencies: Dependencies, read: ReadReport = readReport) {
    const { readers, log } = dependencies;
    this.#dependencies = dependencies;
    this.#readReport = read;
    this.#datasets = readers.of(resourceTypeOf(datasetKind));
    this.#placements = readers.of(resourceTypeOf(placementKind));
    this.#claims = readers.of(CLAIMS);
    this.#complaint = new Complaint(log.child({ work: this.name }));
  }

  /** Tells the key of each dataset of whose exporter something else is known. */
  get changed(): ChangeSource<ObjectKey> {
    return { listen: (listener) => void this.#listeners.push(listener) };
  }

  /** What is known of each exporter here. */
  *samples(): Generator<readonly [Live<Dataset>, ExporterSample]> {
    for (const [key, sample] of this.#samples) {
      const dataset = this.#datasets.find(key);
      if (dataset !== undefined) yield [dataset, sample];
    }
  }

  /** What can be said of the files of a dataset now; undefined where it has none. */
  judge(dataset: Live<Dataset>, now: number, home: string | undefined): Verdict | undefined {
    if (dataset.spec.files === undefined) return undefined;
    const { centre } = this.#dependencies.identity;
    const elsewhere = judgeElsewhere(home, centre);
    if (elsewhere !== undefined) return elsewhere;
    const plan = this.#plan(dataset, centre);
    if ('status' in plan) return plan;
    const sample = this.#samples.get(keyOf(dataset));
    if (sample === undefined) return unknown(NOT_LOOKED_AT, 'Its exporter was not looked at yet.');
    if (now - sample.at <= LOOK_LIFETIME) return sample.verdict;
    return unknown('SampleTooOld', `Its exporter was last looked at ${new Date(sample.at).toISOString()}.`);
  }

  /** Looks at every exporter again and again, until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    this.#cleared.clear();
    const { clock } = this.#dependencies;
    do {
      const datasets = [...this.#datasets.all()].filter(({ spec }) => spec.files !== undefined);
      const known = new Set(datasets.map(keyOf));
      for (const key of [...this.#samples.keys()]) if (!known.has(key)) this.#samples.delete(key);
      for (let first = 0; first < datasets.length && !signal.aborted; first += AT_ONCE)
        await Promise.all(
          datasets.slice(first, first + AT_ONCE).map((dataset) => this.#look(dataset, signal)),
        );
    } while (await pause(clock, LOOK_INTERVAL, signal));
  }

  async #look(dataset: Live<Dataset>, signal: AbortSignal): Promise<void> {
    const key = keyOf(dataset);
    const home = this.#homeOf(dataset);
    try {
      if (home === this.#dependencies.identity.centre) {
        this.#cleared.delete(key);
        this.#learn(key, await this.#tend(dataset, home, signal));
      } else if (home !== undefined && !this.#cleared.has(key)) {
        this.#samples.delete(key);
        await removeExporter(this.#dependencies.client, exporterKey(dataset), signal);
        this.#cleared.add(key);
      }
      this.#complaint.settle();
    } catch (error) {
      if (signal.aborted) return;
      this.#complaint.about(`cannot look after the exporter of ${key}`, error);
      const message = error instanceof Error ? error.message : String(error);
      if (home === this.#dependencies.identity.centre)
        this.#learn(key, { verdict: unknown('ExporterNotRun', message), at: this.#dependencies.clock.now() });
    }
  }

  /** Sees to it that the exporter is there, and asks it how it is. */
  async #tend(dataset: Live<Dataset>, centre: string, signal: AbortSignal): Promise<ExporterSample> {
    const { client, clock } = this.#dependencies;
    const told = (verdict: Verdict): ExporterSample => ({ verdict, at: clock.now() });
    const workload = this.#plan(dataset, centre);
    if ('status' in workload) return told(workload);
    const { namespace = '', name } = dataset.metadata;
    const claimName = dataset.spec.files?.volumeClaim ?? '';
    const mayBegin = (): Promise<boolean> => isClaimMounted(client, namespace, claimName, signal);
    const claimed = this.#claims.find(`${namespace}/${claimName}`) !== undefined;
    const written = await writeExporter(client, workload, mayBegin, signal);
    if (written === undefined) return told(judgeUnbegun(claimName, claimed));
    const labelSelector = `${LABELS.exporter}=${name}`;
    const { items } = await client.listPage(PODS, { namespace, labelSelector, limit: 10 }, { signal });
    const pods = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    const pod = pods.find(({ waiting }) => waiting === undefined) ?? pods[0];
    const report =
      pod?.address === undefined
        ? undefined
        : await this.#readReport(pod.address, signal).catch(() => undefined);
    // Another pod may have taken over the address of one that is gone.
    const own = report?.dataset === keyOf(dataset) ? report : undefined;
    const until = own?.certificateUntil;
    return {
      ...told(judgeExporter(dataset.spec, { claimed, failure: written.failure, pod, report: own })),
      certificateUntil: until === undefined ? undefined : Date.parse(until),
    };
  }

  /** What is to be run for a dataset in its home, or why nothing can be: that is told without a look. */
  #plan(dataset: Live<Dataset>, centre: string): ExporterObjects | Verdict {
    const { moverImage } = this.#dependencies;
    if (moverImage === undefined) return { status: 'False', reason: 'NoMoverImage', message: NO_IMAGE };
    const workload = exporterWorkload(dataset, centre, moverImage);
    return 'reason' in workload ? { status: 'False', ...workload } : workload;
  }

  #learn(key: ObjectKey, sample: ExporterSample): void {
    const before = this.#samples.get(key)?.verdict;
    this.#samples.set(key, sample);
    const { verdict } = sample;
    if (before?.reason === verdict.reason && before.message === verdict.message) return;
    for (const listener of this.#listeners) listener({ key, after: key });
  }

  #homeOf(dataset: Live<Dataset>): string | undefined {
    return this.#placements.find(groupOf(dataset))?.spec.home;
  }
}

const NO_IMAGE =
  'The operator was told no image of the movers, so it runs no exporter. Name one in spec.operator.moverImage of the site.';

function unknown(reason: string, message: string): Verdict {
  return { status: 'Unknown', reason, message };
}
