/** What the other parts of zaibei use of its metrics. */
export * from './catalogue/evidence.ts';
export { CATALOGUE, METRIC_AREAS, type MetricArea } from './catalogue/index.ts';
export * from './catalogue/process.ts';
export * from './catalogue/protection.ts';
export * from './catalogue/runtime.ts';
export * from './catalogue/topology.ts';
export * from './catalogue/zone.ts';
export {
  defineMetric,
  type BilingualText,
  type Counter,
  type Gauge,
  type Histogram,
  type LabelValues,
  type Metric,
  type Metrics,
  type MetricUnit,
  type Sample,
} from './metric.ts';
export { MetricRegistry, type MetricRegistryOptions } from './metric-registry.ts';
export { MetricsError, type MetricsErrorCode } from './metrics-error.ts';
export { MetricsPage, PAGE_MAX_AGE, type MetricsPageOptions, type ScrapeAnswer } from './metrics-page.ts';
export { observeProcess } from './process-figures.ts';
export { stateSamples } from './state-samples.ts';
