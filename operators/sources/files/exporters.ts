import { datasetKind, placementKind, type Dataset, type Placement } from '../../api/index.ts';
import { groupOf } from '../../api/layout/protection-group.ts';
import type { Verdict } from '../../protection/index.ts';
import {
  Complaint,
  keyOf,
  pause,
  resourceTypeOf,
  type ApiObject,
  type BackgroundWork,
  type Dependencies,
  type Live,
  type Reader,
} from '../../runtime/index.ts';
import { judgeElsewhere } from '../watch/judge-elsewhere.ts';
import { CLAIMS } from './exporter-kinds.ts';
import { ExporterSamples, LOOK_INTERVAL, type ExporterSample } from './exporter-samples.ts';
import { exporterWorkload, type ExporterObjects } from './exporter-workload.ts';
import { readReport, type ReadReport } from './read-report.ts';
import { tendExporter } from './tend-exporter.ts';
import { withdrawExporters } from './withdraw-exporters.ts';

/** Looks at the same time. */
const AT_ONCE = 8;

/** A dataset that is to have an exporter here, and what is to be run for it. */
interface Planned {
  readonly dataset: Live<Dataset>;
  readonly workload: ExporterObjects;
}

/** The exporters of the datasets of files: where this centre is home it has one, is asked how it is; elsewhere it has none. */
export class Exporters implements BackgroundWork {
  readonly name = 'exporters';
  /** What is known of those that are here. */
  readonly known = new ExporterSamples();
  readonly #dependencies: Dependencies;
  readonly #readReport: ReadReport;
  readonly #datasets: Reader<Live<Dataset>>;
  readonly #placements: Reader<Live<Placement>>;
  readonly #claims: Reader<ApiObject>;
  readonly #complaint: Complaint;
  /** The datasets that had an exporter here no more when the cluster was last searched; at first it has not been. */
  #withdrawn: ReadonlySet<string> = new Set();

  constructor(dependencies: Dependencies, read: ReadReport = readReport) {
    const { readers, log } = dependencies;
    this.#dependencies = dependencies;
    this.#readReport = read;
    this.#datasets = readers.of(resourceTypeOf(datasetKind));
    this.#placements = readers.of(resourceTypeOf(placementKind));
    this.#claims = readers.of(CLAIMS);
    this.#complaint = new Complaint(log.child({ work: this.name }));
  }

  /** What is known of each exporter here. */
  *samples(): Generator<readonly [Live<Dataset>, ExporterSample]> {
    for (const dataset of this.#datasets.all()) {
      const sample = this.known.find(keyOf(dataset));
      if (sample !== undefined) yield [dataset, sample];
    }
  }

  /** What can be said of the files of a dataset now; undefined where it has none. */
  judge(dataset: Live<Dataset>, now: number, home: string | undefined): Verdict | undefined {
    if (dataset.spec.files === undefined) return undefined;
    const elsewhere = judgeElsewhere(home, this.#dependencies.identity.centre);
    if (elsewhere !== undefined) return elsewhere;
    const plan = this.#plan(dataset);
    return 'status' in plan ? plan : this.known.judge(dataset, now);
  }

  /** Looks at every exporter again and again, until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#dependencies;
    do {
      const planned = [...this.#datasets.all()].flatMap((dataset) => this.#planHere(dataset));
      this.known.keepOnly(new Set(planned.map(({ dataset }) => keyOf(dataset))));
      const troubles = [await this.#withdraw(signal)];
      for (let first = 0; first < planned.length && !signal.aborted; first += AT_ONCE) {
        const looks = planned.slice(first, first + AT_ONCE).map((one) => this.#look(one, signal));
        troubles.push(...(await Promise.all(looks)));
      }
      if (!troubles.includes(true)) this.#complaint.settle();
    } while (await pause(clock, LOOK_INTERVAL, signal));
  }

  /** @returns whether something has gone wrong */
  async #look({ dataset, workload }: Planned, signal: AbortSignal): Promise<boolean> {
    const { client, clock } = this.#dependencies;
    const { namespace = '' } = dataset.metadata;
    const claimed = this.#claims.find(`${namespace}/${workload.claim}`) !== undefined;
    const parts = { client, readReport: this.#readReport, claimed };
    try {
      this.known.learn(dataset, await tendExporter(dataset, workload, parts, signal), clock.now());
      return false;
    } catch (error) {
      if (signal.aborted) return true;
      this.#complaint.about(`cannot look after the exporter of ${keyOf(dataset)}`, error);
      const message = error instanceof Error ? error.message : String(error);
      const verdict: Verdict = { status: 'Unknown', reason: 'ExporterNotRun', message };
      this.known.learn(dataset, { verdict }, clock.now());
      return true;
    }
  }

  /**
   * Withdraws what is not wanted here any more. The cluster is searched for the first time, and when a dataset is to have no exporter
   * that was to have one: an operator at rest lists nothing.
   * @returns whether something has gone wrong
   */
  async #withdraw(signal: AbortSignal): Promise<boolean> {
    const { client, events, log } = this.#dependencies;
    const why = (key: string): string | undefined => this.#whyNot(this.#datasets.find(key));
    const unwanted = new Set([...this.#datasets.all()].map(keyOf).filter((key) => why(key) !== undefined));
    const searched = [...unwanted].every((key) => this.#withdrawn.has(key));
    try {
      const gone = searched ? [] : withdrawExporters(client, why, signal);
      for await (const { dataset: key, reason: message } of gone) {
        log.info('an exporter was withdrawn', { dataset: key, why: message });
        const dataset = this.#datasets.find(key);
        const note = { type: 'Normal', reason: 'ExporterWithdrawn', message } as const;
        if (dataset !== undefined) events.record(dataset, note);
      }
      this.#withdrawn = unwanted;
      return false;
    } catch (error) {
      if (!signal.aborted) this.#complaint.about('cannot withdraw exporters', error);
      return true;
    }
  }

  /** Why a dataset is to have no exporter here; undefined: it is to have one, or that is not known. */
  #whyNot(dataset: Live<Dataset> | undefined): string | undefined {
    // One that is deleted takes its exporter along: it is its owner.
    if (dataset === undefined) return undefined;
    if (dataset.spec.files === undefined) return 'The dataset has no files any more.';
    const home = this.#homeOf(dataset);
    if (home === undefined) return undefined;
    if (home !== this.#dependencies.identity.centre) return `The home of the dataset is ${home} now.`;
    const plan = this.#plan(dataset);
    return 'status' in plan ? plan.message : undefined;
  }

  #planHere(dataset: Live<Dataset>): Planned[] {
    if (dataset.spec.files === undefined) return [];
    if (this.#homeOf(dataset) !== this.#dependencies.identity.centre) return [];
    const plan = this.#plan(dataset);
    return 'status' in plan ? [] : [{ dataset, workload: plan }];
  }

  /** What is to be run for a dataset in its home, or why nothing can be: that is told without a look. */
  #plan(dataset: Live<Dataset>): ExporterObjects | Verdict {
    const { identity, moverImage } = this.#dependencies;
    if (moverImage === undefined) return { status: 'False', reason: 'NoMoverImage', message: NO_IMAGE };
    const workload = exporterWorkload(dataset, identity.centre, moverImage);
    return 'reason' in workload ? { status: 'False', ...workload } : workload;
  }

  #homeOf(dataset: Live<Dataset>): string | undefined {
    return this.#placements.find(groupOf(dataset))?.spec.home;
  }
}

const NO_IMAGE =
  'The operator was told no image of the movers, so it runs no exporter. Name one in spec.operator.moverImage of the site.';
