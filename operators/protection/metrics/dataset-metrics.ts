import { DATA_CLASSES, type Dataset } from '../../api/index.ts';
import { effectiveClass } from '../../api/rules/protection-plan.ts';
import {
  datasetCount,
  datasetsUnclassified,
  datasetsUncovered,
  type Metrics,
  type Sample,
} from '../../metrics/index.ts';
import type { Live, Reader } from '../../runtime/index.ts';
import { conditionStatus } from './condition-status.ts';

const { condition: CONDITIONS = [], status: STATUSES = [] } = datasetCount.known ?? {};

/**
 * Figures about datasets, derived from their persisted statuses at each scrape: also a standby that leads nothing tells
 * them, and a program that has just started tells what its predecessor found.
 */
export function registerDatasetMetrics(metrics: Metrics, datasets: Reader<Live<Dataset>>): void {
  metrics.derived(datasetCount, () => {
    const counts = new Map<string, number>();
    for (const dataset of datasets.all()) {
      for (const condition of CONDITIONS) {
        const name = [effectiveClass(dataset), condition, conditionStatus(dataset, condition)].join();
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    return DATA_CLASSES.flatMap((dataClass) =>
      CONDITIONS.flatMap((condition) =>
        STATUSES.map((status): Sample<'class' | 'condition' | 'status'> => ({
          labels: { class: dataClass, condition, status },
          value: counts.get([dataClass, condition, status].join()) ?? 0,
        })),
      ),
    );
  });
  metrics.derived(datasetsUncovered, () => {
    const uncovered = [...datasets.all()].filter(
      (dataset) => conditionStatus(dataset, 'Protected') !== 'True',
    );
    return DATA_CLASSES.map((dataClass) => ({
      labels: { class: dataClass },
      value: uncovered.filter((dataset) => effectiveClass(dataset) === dataClass).length,
    }));
  });
  metrics.derived(datasetsUnclassified, () => {
    const value = [...datasets.all()].filter(({ spec }) => spec.class === undefined).length;
    return [{ labels: {}, value }];
  });
}
