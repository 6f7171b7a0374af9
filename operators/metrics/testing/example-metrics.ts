import { defineMetric, type Metric } from '../metric.ts';

const help = { zh: '示例。', en: 'An example.' };

/** Counted, with a label that is known beforehand and one that is not. */
export const runs = defineMetric({
  name: 'zaibei_example_runs_total',
  type: 'counter',
  unit: 'total',
  labels: ['controller', 'outcome'],
  help,
  from: 'tests',
  known: { outcome: ['ok', 'failed'] },
});

/** Set, with no labels. */
export const depth = defineMetric({
  name: 'zaibei_example_depth',
  type: 'gauge',
  unit: 'none',
  labels: [],
  help,
  from: 'tests',
});

/** Observed. */
export const duration = defineMetric({
  name: 'zaibei_example_duration_seconds',
  type: 'histogram',
  unit: 'seconds',
  labels: ['verb'],
  help,
  from: 'tests',
  known: { verb: ['get'] },
  buckets: [0.1, 1],
});

/** Derived, of one object each. */
export const recoveryPoint = defineMetric({
  name: 'zaibei_example_recovery_point_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: ['namespace', 'dataset'],
  help,
  from: 'tests',
});

/** Derived, in one of three states. */
export const state = defineMetric({
  name: 'zaibei_example_state',
  type: 'gauge',
  unit: 'none',
  labels: ['centre', 'state'],
  help,
  from: 'tests',
  known: { state: ['reachable', 'silent', 'unknown'] },
});

/** A catalogue of these. */
export const EXAMPLES: readonly Metric[] = [runs, depth, duration, recoveryPoint, state];
