/** What the other parts of zaibei use of its metrics. */
export * from './catalogue/evidence.ts';
export { CATALOGUE, METRIC_AREAS, type MetricArea } from './catalogue/index.ts';
export * from './catalogue/process.ts';
export * from './catalogue/protection.ts';
export * from './catalogue/runtime.ts';
export * from './catalogue/sources.ts';
export * from './catalogue/topology.ts';
export * from './catalogue/zone.ts';
export { defineMetric, type Counter, type Metric, type Metrics, type Sample } from './metric.ts';
export { MetricRegistry } from './metric-registry.ts';
export { MetricsPage, PAGE_MAX_AGE } from './metrics-page.ts';
export { observeProcess } from './process-figures.ts';
export { stateSamples } from './state-samples.ts';
