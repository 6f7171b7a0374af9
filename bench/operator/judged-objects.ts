import { datasetKind, placementKind, type Dataset, type Placement } from '../../operators/api/index.ts';
import {
  Reflector,
  resourceTypeOf,
  silentLogger,
  systemClock,
  type ApiClient,
  type Live,
  type Reader,
} from '../../operators/runtime/index.ts';
import { until } from '../until.ts';

/** Part of an object that tells whether its controller has looked at it. */
interface Judged {
  readonly metadata: { readonly generation?: number | undefined };
  readonly status?: { readonly observedGeneration?: number | undefined } | undefined;
}

/** As much of a reader as is needed, of whichever kind. */
type JudgedReader = Pick<Reader<Judged>, 'size' | 'all'>;

/** Follows the objects of a cluster from outside of the operator, and knows when it has judged all of them. */
export class JudgedObjects implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #datasets: JudgedReader;
  readonly #placements: JudgedReader;
  readonly #running: Promise<unknown>;

  private constructor(datasets: Reflector<Live<Dataset>>, placements: Reflector<Live<Placement>>) {
    this.#datasets = datasets.store;
    this.#placements = placements.store;
    this.#running = Promise.all([datasets.run(this.#stop.signal), placements.run(this.#stop.signal)]);
  }

  /** Begins to follow datasets and placements, and resolves when what is there is known. */
  static async follow(client: ApiClient): Promise<JudgedObjects> {
    const parts = { client, clock: systemClock, log: silentLogger };
    const datasets = new Reflector({ ...parts, type: resourceTypeOf(datasetKind) });
    const placements = new Reflector({ ...parts, type: resourceTypeOf(placementKind) });
    const judged = new JudgedObjects(datasets, placements);
    await Promise.all([datasets.store.untilSynced(), placements.store.untilSynced()]);
    return judged;
  }

  /** Waits until there are so many datasets and at least as many placements, each with a status of its generation. */
  untilJudged(count: number, seconds: number): Promise<void> {
    return until(
      `${count} datasets and their placements are judged`,
      () =>
        this.#datasets.size === count &&
        this.#placements.size >= count &&
        [...this.#datasets.all(), ...this.#placements.all()].every(isJudged),
      seconds,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }
}

function isJudged({ metadata, status }: Judged): boolean {
  return status?.observedGeneration !== undefined && status.observedGeneration === metadata.generation;
}
