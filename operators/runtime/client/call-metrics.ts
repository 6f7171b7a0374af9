import { apiRequestDuration, apiRequests } from '../../metrics/catalogue/runtime.ts';
import type { Metrics } from '../../metrics/metric.ts';
import type { CallObserver } from './call-observer.ts';

/** Counts calls and their time in the metrics of the program. */
export function callMetrics(metrics: Metrics): CallObserver {
  const requests = metrics.counter(apiRequests);
  const durations = metrics.histogram(apiRequestDuration);
  return ({ cluster, verb, code, milliseconds }) => {
    requests.add({ api: cluster, verb, code });
    // A watch is answered at once and then lasts; how long its opening took says nothing.
    if (verb !== 'watch') durations.observe({ api: cluster, verb }, milliseconds / 1_000);
  };
}
