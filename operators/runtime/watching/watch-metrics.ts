import { lists, storedObjects, watchHeard, watchRestarts } from '../../metrics/catalogue/runtime.ts';
import type { Metrics } from '../../metrics/metric.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { WatchObserver } from './watch-observer.ts';

/** Counts what a reflector goes through in the metrics of the program. @param api name of the cluster */
export function watchMetrics(metrics: Metrics, api: string, { plural }: ResourceType): WatchObserver {
  const labels = { api, resource: plural };
  const listCounter = metrics.counter(lists);
  const restarts = metrics.counter(watchRestarts);
  const heardAt = metrics.gauge(watchHeard);
  const stored = metrics.gauge(storedObjects);
  return {
    listed: (outcome) => {
      listCounter.add({ ...labels, outcome });
    },
    ended: (reason) => {
      restarts.add({ ...labels, reason });
    },
    heard: (at, objects) => {
      heardAt.set(labels, at / 1_000);
      stored.set(labels, objects);
    },
  };
}
