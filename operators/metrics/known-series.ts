import type { LabelValues, Metric } from './metric.ts';

/**
 * Brings series into being before anything is counted in them: for each combination of the labels whose values cannot be
 * known beforehand, as soon as it is seen, one series per combination of those that are (`Metric.known`).
 */
export class KnownSeries {
  readonly #free: readonly string[];
  readonly #known: readonly LabelValues<string>[];
  readonly #seen = new Set<string>();
  readonly #start: (labels: LabelValues<string>) => void;

  /** @param start brings one series into being, at 0 */
  constructor({ labels, known = {} }: Metric, start: (labels: LabelValues<string>) => void) {
    this.#free = labels.filter((label) => known[label] === undefined);
    this.#known = combinations(known);
    this.#start = start;
    if (this.#free.length === 0) this.see({});
  }

  /** To be told the labels of every series before it is touched. */
  see(labels: LabelValues<string>): void {
    const combination = this.#combinationOf(labels);
    if (this.#seen.has(combination)) return;
    this.#seen.add(combination);
    for (const known of this.#known) this.#start({ ...labels, ...known });
  }

  /** A series of the combination is gone: when one is seen again, all of them are started again. */
  forget(labels: LabelValues<string>): void {
    this.#seen.delete(this.#combinationOf(labels));
  }

  #combinationOf(labels: LabelValues<string>): string {
    return this.#free.map((label) => labels[label]).join('\u0000');
  }
}

/** Every combination of known values: one without labels where none are known. */
function combinations(known: NonNullable<Metric['known']>): LabelValues<string>[] {
  return Object.entries(known).reduce<LabelValues<string>[]>(
    (made, [label, values = []]) =>
      made.flatMap((labels) => values.map((value) => ({ ...labels, [label]: value }))),
    [{}],
  );
}
