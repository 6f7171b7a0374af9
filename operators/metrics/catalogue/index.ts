import type { Metric } from '../metric.ts';
import * as evidence from './evidence.ts';
import * as process from './process.ts';
import * as protection from './protection.ts';
import * as runtime from './runtime.ts';
import * as sources from './sources.ts';
import * as topology from './topology.ts';
import * as zone from './zone.ts';

/** Metrics that belong together. Every export of an area's file is a metric, so writing one down there is enough. */
export interface MetricArea {
  readonly title: string;
  /** Whether it tells of what is protected; the others tell of the program. */
  readonly domain: boolean;
  readonly metrics: readonly Metric[];
}

/** The areas, in the order of the reference page. */
export const METRIC_AREAS: readonly MetricArea[] = [
  { title: 'Protection', domain: true, metrics: Object.values(protection) },
  { title: 'Sources', domain: true, metrics: Object.values(sources) },
  { title: 'Data zones', domain: true, metrics: Object.values(zone) },
  { title: 'Topology', domain: true, metrics: Object.values(topology) },
  { title: 'Evidence', domain: true, metrics: Object.values(evidence) },
  { title: 'Runtime', domain: false, metrics: Object.values(runtime) },
  { title: 'Process', domain: false, metrics: Object.values(process) },
];

/** The metric catalogue: every metric that an operator can serve. */
export const CATALOGUE: readonly Metric[] = METRIC_AREAS.flatMap(({ metrics }) => metrics);
