import type { Metrics } from '../../metrics/metric.ts';

const nothing = (): void => undefined;

/** Counts nothing. */
export const silentMetrics: Metrics = {
  counter: () => ({ add: nothing }),
  gauge: () => ({ set: nothing, remove: nothing }),
  histogram: () => ({ observe: nothing }),
  derived: nothing,
};
