import {
  queueDepth,
  queueOldestAge,
  queueWait,
  reconcileDuration,
  reconciles,
} from '../../metrics/catalogue/runtime.ts';
import type { Metrics } from '../../metrics/metric.ts';
import type { WorkQueue } from '../queue/work-queue.ts';

/** Ends of runs that are counted. */
const OUTCOMES = ['done', 'waiting', 'stalled', 'failed'] as const;

/** How a run ended, as the label `outcome` says it. */
type Outcome = (typeof OUTCOMES)[number];

/** What one controller counts and measures. */
export interface ControllerMetrics {
  /** A key was taken, so many milliseconds after it was due. */
  taken(waited: number): void;
  /** A run ended after so many milliseconds. */
  ended(outcome: Outcome, milliseconds: number): void;
}

/** Registers the metrics of a controller, all outcomes at 0, and those of its queue. */
export function measureController(metrics: Metrics, controller: string, queue: WorkQueue): ControllerMetrics {
  const runs = metrics.counter(reconciles);
  const durations = metrics.histogram(reconcileDuration);
  const waits = metrics.histogram(queueWait);
  for (const outcome of OUTCOMES) runs.add({ controller, outcome }, 0);
  metrics.derived(queueDepth, () => [{ labels: { controller }, value: queue.depth }]);
  metrics.derived(queueOldestAge, () => [{ labels: { controller }, value: queue.oldestAge / 1000 }]);
  return {
    taken: (waited) => {
      waits.observe({ controller }, waited / 1000);
    },
    ended: (outcome, milliseconds) => {
      runs.add({ controller, outcome });
      durations.observe({ controller }, milliseconds / 1000);
    },
  };
}
