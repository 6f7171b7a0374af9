import { datasetKind, placementKind, type Dataset, type Placement } from '../../api/index.ts';
import { groupOf } from '../../api/layout/protection-group.ts';
import {
  keyOf,
  resourceTypeOf,
  whenAborted,
  type BackgroundWork,
  type Change,
  type ChangeSource,
  type Dependencies,
  type Live,
  type ObjectKey,
  type Reader,
} from '../../runtime/index.ts';
import { specVersion } from './look.ts';
import type { SourceSample } from './source-sample.ts';
import { WatchedSource } from './watched-source.ts';

interface RunningSource {
  readonly source: WatchedSource;
  /** Ends reading it. */
  readonly end: () => Promise<void>;
}

/** Index of datasets: the protection group, as the key of its Placement. */
const BY_GROUP = 'sources/group';

/** The PostgreSQL instances of which this centre is home: each is read for as long as it is one. */
export class WatchedSources implements BackgroundWork {
  readonly name = 'sources';
  readonly #dependencies: Dependencies;
  readonly #datasets: Reader<Live<Dataset>>;
  readonly #placements: Reader<Live<Placement>>;
  readonly #running = new Map<ObjectKey, RunningSource>();
  readonly #listeners: ((change: Change<ObjectKey>) => void)[] = [];

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
    this.#datasets = dependencies.readers.of(resourceTypeOf(datasetKind));
    this.#placements = dependencies.readers.of(resourceTypeOf(placementKind));
    this.#datasets.index(BY_GROUP, (dataset) => [groupOf(dataset)]);
  }

  /** Tells the key of each dataset of which there is another sample. */
  get sampled(): ChangeSource<ObjectKey> {
    return { listen: (listener) => void this.#listeners.push(listener) };
  }

  /** What is known of each source that is read here. */
  *samples(): Generator<readonly [Live<Dataset>, SourceSample]> {
    for (const [key, { source }] of this.#running) {
      const dataset = this.#datasets.find(key);
      if (dataset !== undefined) yield [dataset, source.sample];
    }
  }

  /** What is known of one; undefined: it is not read here. */
  sample(key: ObjectKey): SourceSample | undefined {
    return this.#running.get(key)?.source.sample;
  }

  /** Reads whichever sources have their home here, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const adjust = (key: ObjectKey): void => {
      if (!signal.aborted) this.#adjust(key);
    };
    this.#datasets.listen(({ key, before, after }) => {
      adjust(key);
      const isKept = before !== undefined && after !== undefined;
      if (isKept && specVersion(before) !== specVersion(after)) this.#running.get(key)?.source.wake();
    });
    this.#placements.listen(({ key }) => {
      for (const dataset of this.#datasets.having(BY_GROUP, key)) adjust(keyOf(dataset));
    });
    for (const dataset of this.#datasets.all()) adjust(keyOf(dataset));
    await whenAborted(signal);
    await Promise.all([...this.#running.keys()].map((key) => this.#drop(key)));
  }

  /** Reads a dataset that has its home here, and no other. */
  #adjust(key: ObjectKey): void {
    const dataset = this.#datasets.find(key);
    const { centre } = this.#dependencies.identity;
    const isHere = dataset !== undefined && this.#placements.find(groupOf(dataset))?.spec.home === centre;
    if (!isHere || dataset.spec.postgres === undefined) void this.#drop(key);
    else if (!this.#running.has(key)) this.#watch(key, dataset);
  }

  #watch(key: ObjectKey, { metadata }: Live<Dataset>): void {
    const { identity, log } = this.#dependencies;
    const source = new WatchedSource({
      name: { namespace: metadata.namespace ?? '', name: metadata.name },
      dataset: () => this.#datasets.find(key),
      centre: identity.centre,
      dependencies: this.#dependencies,
      log: log.child({ dataset: key }),
      sampled: () => {
        for (const listener of this.#listeners) listener({ key, after: key });
      },
    });
    const watching = new AbortController();
    const done = source.run(watching.signal);
    const end = async (): Promise<void> => {
      watching.abort();
      await done;
    };
    this.#running.set(key, { source, end });
  }

  async #drop(key: ObjectKey): Promise<void> {
    const running = this.#running.get(key);
    this.#running.delete(key);
    await running?.end();
  }
}
