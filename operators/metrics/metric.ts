/** Text for people in both languages. */
export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

/** Base units, as Prometheus asks for. `info` and `state` series are 1 or 0 and have none. */
export type MetricUnit = 'seconds' | 'bytes' | 'ratio' | 'total' | 'timestamp_seconds' | 'celsius' | 'none';

/** One metric, defined once: operators register it, dashboards and alerts refer to it, the reference page lists it. */
export interface Metric<Label extends string = string> {
  /** `zaibei_reconcile_duration_seconds`: ends in its unit; a counter in `_total`, after its unit. */
  readonly name: `zaibei_${string}`;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly unit: MetricUnit;
  readonly labels: readonly Label[];
  readonly help: BilingualText;
  /** What the figure is derived from: a field of a status, a live sample, an event in the program. */
  readonly from: string;
  /**
   * Values known beforehand: `{ outcome: ['ok', 'failed'] }`. Their series start at 0 as soon as the values of the other
   * labels are seen, from the start where there are none: a rate over a series that begins with its first error misses
   * that error. Counters and histograms without labels start at 0 too, gauges without known values when they are set.
   */
  readonly known?: { readonly [Name in Label]?: readonly string[] };
  /** Upper bounds of a histogram. */
  readonly buckets?: readonly number[];
}

/** Makes a metric, with the names of its labels in its type. */
export function defineMetric<const Label extends string>(metric: Metric<Label>): Metric<Label> {
  return metric;
}

/** Values for the labels of a metric: none missing, none too many. */
export type LabelValues<Label extends string> = Readonly<Record<Label, string>>;

/** Counts up. */
export interface Counter<Label extends string> {
  add(labels: LabelValues<Label>, by?: number): void;
}

/** Goes up and down. For a few series; what there is one of per object is derived, since derived series go with it. */
export interface Gauge<Label extends string> {
  set(labels: LabelValues<Label>, value: number): void;
  /** The object is gone, and its series with it. */
  remove(labels: LabelValues<Label>): void;
}

/** Observes how values are spread. */
export interface Histogram<Label extends string> {
  observe(labels: LabelValues<Label>, value: number): void;
}

/** Value of one series at the moment of a scrape. */
export interface Sample<Label extends string> {
  readonly labels: LabelValues<Label>;
  readonly value: number;
}

/**
 * Where the program's metrics are kept. Injected, never global: two operators in one process (a test) do not share series.
 * Asking twice for one metric gives the same series; asking for one that the catalogue has not, or has as another type,
 * throws a `MetricsError`. What is given out never throws: a value that is no finite number is counted as a failure, and a
 * gauge loses the series.
 */
export interface Metrics {
  counter<Label extends string>(metric: Metric<Label>): Counter<Label>;
  gauge<Label extends string>(metric: Metric<Label>): Gauge<Label>;
  histogram<Label extends string>(metric: Metric<Label>): Histogram<Label>;
  /**
   * A gauge, or a counter whose total is kept elsewhere, whose series are derived anew at each rendering: a series is gone
   * when its sample is. One metric may have several sources. A source that throws, gives a series a second time or a value
   * that is no finite number loses all of its series until it is mended, and is counted: what is unknown is not shown.
   */
  derived<Label extends string>(metric: Metric<Label>, samples: () => Iterable<Sample<Label>>): void;
}
