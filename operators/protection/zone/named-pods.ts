import type { Dataset } from '../../api/index.ts';

type Labels = Readonly<Record<string, string>>;

/** The pods that the datasets of one namespace name by labels, found by the labels of a pod whatever the number of datasets. */
export class NamedPods {
  /** Selectors by their first label: a pod that has not that one is not selected. */
  readonly #byFirst = new Map<string, Labels[]>();

  constructor(datasets: readonly Dataset[]) {
    for (const { spec } of datasets) {
      const selector = spec.postgres?.podLabels ?? spec.objects?.podLabels ?? {};
      // No label selects nothing.
      const [first] = Object.entries(selector);
      if (first === undefined) continue;
      const alike = this.#byFirst.get(first.join('='));
      if (alike === undefined) this.#byFirst.set(first.join('='), [selector]);
      else alike.push(selector);
    }
  }

  /** Whether a dataset names pods with these labels. */
  have(podLabels: Labels): boolean {
    return Object.entries(podLabels).some((label) =>
      this.#byFirst.get(label.join('='))?.some((selector) => selects(selector, podLabels)),
    );
  }
}

function selects(selector: Labels, podLabels: Labels): boolean {
  return Object.entries(selector).every(([label, value]) => podLabels[label] === value);
}
