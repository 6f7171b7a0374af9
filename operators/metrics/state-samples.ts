import type { LabelValues, Metric, Sample } from './metric.ts';

/**
 * Samples of something that is in exactly one of several states: 1 for that one, 0 for every other, so that none of them
 * is ever missing from a query.
 * @param states the label that names the state; its values are those that the metric knows beforehand
 * @throws RangeError for a state that the metric does not know
 */
export function* stateSamples<Label extends string, State extends Label>(
  metric: Metric<Label>,
  states: State,
  labels: LabelValues<Exclude<Label, State>>,
  current: string,
): Iterable<Sample<Label>> {
  const { name, known }: Metric = metric;
  const all = known?.[states] ?? [];
  if (!all.includes(current)) throw new RangeError(`${name} does not know the state "${current}"`);
  for (const state of all) {
    // The labels without the state, and the state: together these are all labels, which TypeScript does not add up.
    const together = { ...labels, [states]: state } as LabelValues<Label>;
    yield { labels: together, value: state === current ? 1 : 0 };
  }
}
