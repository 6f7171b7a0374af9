import { Registry } from 'prom-client';

import { CATALOGUE } from './catalogue/index.ts';
import { metricFailures, renderDuration, seriesCount } from './catalogue/process.ts';
import { DerivedMetric } from './derived-metric.ts';
import { keepCounter, keepGauge, keepHistogram, type Keeping, renderKept } from './kept-metrics.ts';
import type { BilingualText, Counter, Gauge, Histogram, Metric, Metrics, Sample } from './metric.ts';
import { MetricsError } from './metrics-error.ts';
import { namingFaults } from './naming-rules.ts';
import { type PageMetric, renderPage } from './render-page.ts';

/** What a registry can be told. */
export interface MetricRegistryOptions {
  /** Default: the whole catalogue. What the registry counts about itself is always in it. */
  readonly catalogue?: readonly Metric[] | undefined;
  /** Language of the HELP lines. Default: English. */
  readonly language?: keyof BilingualText | undefined;
  /** Told why a metric has no usable value: the first time, and when the reason is another. Each time is counted. */
  readonly onFailure?: ((metric: string, cause: unknown) => void) | undefined;
  /** Milliseconds that never go back. Default: the machine's. */
  readonly elapsed?: (() => number) | undefined;
}

/** What the registry counts about itself. */
const OWN_METRICS: readonly Metric[] = [metricFailures, renderDuration, seriesCount];

/**
 * The metrics of one operator. Those that count events are kept by prom-client, in a registry of their own. Those that are
 * derived are computed and written while a page is rendered: prom-client would do that in one block per metric.
 */
export class MetricRegistry implements Metrics {
  readonly #catalogue: ReadonlyMap<string, Metric>;
  readonly #language: keyof BilingualText;
  readonly #onFailure: (metric: string, cause: unknown) => void;
  readonly #told = new Map<string, string>();
  readonly #elapsed: () => number;
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter<string>>();
  readonly #gauges = new Map<string, Gauge<string>>();
  readonly #histograms = new Map<string, Histogram<string>>();
  readonly #derived = new Map<string, DerivedMetric>();
  readonly #failures: Counter<'metric'>;
  readonly #series: Gauge<never>;
  readonly #renderDuration: Histogram<never>;

  /** @throws MetricsError ZB-MET-001 */
  constructor(options: MetricRegistryOptions = {}) {
    const { catalogue = CATALOGUE, language = 'en', onFailure, elapsed } = options;
    this.#catalogue = byName([...new Set([...catalogue, ...OWN_METRICS])]);
    this.#language = language;
    this.#onFailure = onFailure ?? (() => undefined);
    this.#elapsed = elapsed ?? (() => performance.now());
    this.#failures = this.counter(metricFailures);
    this.#series = this.gauge(seriesCount);
    this.#renderDuration = this.histogram(renderDuration);
  }

  /** @throws MetricsError ZB-MET-002, ZB-MET-003 */
  counter<Label extends string>(metric: Metric<Label>): Counter<Label> {
    this.#require(metric, ['counter'], this.#derived);
    return findOrMake(this.#counters, metric, () => keepCounter(this.#keeping(metric)));
  }

  /** @throws MetricsError ZB-MET-002, ZB-MET-003 */
  gauge<Label extends string>(metric: Metric<Label>): Gauge<Label> {
    this.#require(metric, ['gauge'], this.#derived);
    return findOrMake(this.#gauges, metric, () => keepGauge(this.#keeping(metric)));
  }

  /** @throws MetricsError ZB-MET-002, ZB-MET-003 */
  histogram<Label extends string>(metric: Metric<Label>): Histogram<Label> {
    this.#require(metric, ['histogram'], this.#derived);
    return findOrMake(this.#histograms, metric, () => keepHistogram(this.#keeping(metric)));
  }

  /** @throws MetricsError ZB-MET-002, ZB-MET-003 */
  derived<Label extends string>(metric: Metric<Label>, samples: () => Iterable<Sample<Label>>): void {
    const kept = metric.type === 'counter' ? this.#counters : this.#gauges;
    this.#require(metric, ['counter', 'gauge'], kept);
    findOrMake(this.#derived, metric, () => new DerivedMetric(metric, metric.help[this.#language])).add(
      samples,
    );
    this.#failures.add({ metric: metric.name }, 0);
  }

  /**
   * The page of this moment in Prometheus' text format, metrics in the order of their names. It holds the event loop no
   * longer than the samples of one source take to be collected, or one kept metric to be written.
   */
  async render(): Promise<Buffer> {
    const started = this.#elapsed();
    // What is derived comes first, so that its failures are counted on this page and not on the next.
    const { text, series } = await renderPage([...this.#derivedMetrics(), ...this.#keptMetrics()]);
    this.#series.set({}, series);
    this.#renderDuration.observe({}, (this.#elapsed() - started) / 1_000);
    return text;
  }

  *#derivedMetrics(): Iterable<PageMetric> {
    for (const [name, derived] of this.#derived) {
      const failed = this.#failed(name);
      yield { name, render: (turns) => derived.render(turns, failed) };
    }
  }

  *#keptMetrics(): Iterable<PageMetric> {
    for (const kept of [this.#counters, this.#gauges, this.#histograms]) {
      for (const name of kept.keys())
        yield { name, render: (turns) => renderKept(name, this.#registry, turns) };
    }
  }

  #keeping(metric: Metric): Keeping {
    const help = metric.help[this.#language];
    return { metric, help, registry: this.#registry, failed: this.#failed(metric.name) };
  }

  #failed(metric: string): (cause: unknown) => void {
    return (cause) => {
      this.#failures.add({ metric });
      const reason = String(cause);
      if (this.#told.get(metric) === reason) return;
      this.#told.set(metric, reason);
      this.#onFailure(metric, cause);
    };
  }

  /** Refuses a metric that the catalogue does not have, that is of another type, or that is in use in the other way. */
  #require(metric: Metric, types: readonly Metric['type'][], otherUse: ReadonlyMap<string, unknown>): void {
    const { name, type } = metric;
    if (this.#catalogue.get(name) !== metric) {
      throw new MetricsError(
        'ZB-MET-002',
        `${name} is not in the catalogue: export it from a file of operators/metrics/catalogue, and use that definition`,
      );
    }
    if (!types.includes(type)) {
      throw new MetricsError(
        'ZB-MET-003',
        `${name} is a ${type} and cannot be asked for as ${types.join(' or ')}`,
      );
    }
    if (otherUse.has(name)) {
      throw new MetricsError('ZB-MET-003', `${name} is both kept and derived: one of the two has to go`);
    }
  }
}

/** @throws MetricsError ZB-MET-001 */
function byName(metrics: readonly Metric[]): ReadonlyMap<string, Metric> {
  const named = new Map<string, Metric>();
  const faults: string[] = [];
  for (const metric of metrics) {
    faults.push(...namingFaults(metric).map((fault) => `${metric.name}: ${fault}`));
    if (named.has(metric.name)) faults.push(`${metric.name}: the name is taken by another metric`);
    named.set(metric.name, metric);
  }
  if (faults.length > 0)
    throw new MetricsError('ZB-MET-001', `the metric catalogue is faulty:\n${faults.join('\n')}`);
  return named;
}

function findOrMake<Made>(made: Map<string, Made>, { name }: Metric, make: () => Made): Made {
  const found = made.get(name) ?? make();
  made.set(name, found);
  return found;
}
