import { setTimeout as pause } from 'node:timers/promises';
import { datasetKind, protectionPolicyKind } from '../../operators/api/index.ts';
import { keyOf, resourceTypeOf, type NewObject } from '../../operators/runtime/index.ts';
import type { FilledCluster } from '../operator/filled-cluster.ts';
import { exampleDataset, type LargeSite } from '../operator/large-site.ts';

/**
 * Datasets that come and go have the numbers below this. All of them are there at the beginning: the Placement of a group stays
 * for ever, and what comes later would be taken for growth.
 */
export const NUMBERS = 400;

/** How many there are at a time, once some have been deleted. */
const PRESENT = { least: 250, most: 350 };

/** Time between two changes, in milliseconds, and how many changes lie between two of a policy. */
const PACE = 100;
const POLICY_EVERY = 50;

const datasets = resourceTypeOf(datasetKind);

/** People who never rest: datasets are made, changed and deleted, and now and then a policy is changed, which concerns them all. */
export class Churn {
  readonly #cluster: FilledCluster;
  readonly #site: LargeSite;
  readonly #present = new Set<number>();
  #changes = 0;
  #failures = 0;

  /** @param site whose datasets are there already */
  constructor(cluster: FilledCluster, site: LargeSite) {
    this.#cluster = cluster;
    this.#site = site;
    for (const number of site.datasets.keys()) this.#present.add(number);
  }

  /** How many datasets there are. */
  get present(): number {
    return this.#present.size;
  }

  /** What has been done so far, and how often the API server did not do it. */
  get summary(): string {
    return `${this.#changes} changes, ${this.#failures} not answered`;
  }

  /** Goes on until the signal is aborted, also while the API server is away. It ends when its last change was answered. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const change = this.#choose();
      await this.#insist(change);
      this.#changes += 1;
      await pause(PACE);
    }
  }

  /** Whoever is not answered tries again: what is there afterwards is then known. */
  async #insist(change: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await change();
        return;
      } catch {
        this.#failures += 1;
        await pause(1_000);
      }
    }
  }

  #choose(): () => Promise<unknown> {
    if (this.#changes % POLICY_EVERY === 0) return () => this.#changePolicy();
    const number = Math.floor(Math.random() * NUMBERS);
    const [known, { size }] = [this.#present.has(number), this.#present];
    if (!known && size >= PRESENT.most) return this.#choose();
    if (known && size > PRESENT.least && Math.random() < 0.5) {
      this.#present.delete(number);
      return () => this.#delete(number);
    }
    this.#present.add(number);
    return () => this.#write(number);
  }

  #write(number: number): Promise<void> {
    return this.#cluster.apply(datasets, exampleDataset(number, `${(this.#changes % 9) + 1}MiB`));
  }

  async #delete(number: number): Promise<void> {
    const found = await this.#cluster.client.find(datasets, keyOf(exampleDataset(number)));
    if (found !== undefined) await this.#cluster.client.delete(datasets, found);
  }

  async #changePolicy(): Promise<void> {
    const [type, policy] =
      this.#site.surroundings.find(([{ kind }]) => kind === protectionPolicyKind.kind) ?? [];
    if (type === undefined || policy === undefined) throw new Error('the site has no policy');
    const { spec } = policy as NewObject & { readonly spec: object }; // as every policy
    await this.#cluster.apply(type, {
      ...policy,
      spec: { ...spec, version: `soak-${this.#changes}` },
    });
  }
}
