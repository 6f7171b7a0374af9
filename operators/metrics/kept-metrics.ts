/** Counters, gauges and histograms as prom-client keeps them, with what `Metrics` promises of them on top. */
import * as prometheus from 'prom-client';

import { KnownSeries } from './known-series.ts';
import type { Counter, Gauge, Histogram, LabelValues, Metric } from './metric.ts';
import type { RenderedMetric } from './render-page.ts';
import type { Turns } from './turns.ts';

/** Where and how one metric is kept. */
export interface Keeping {
  readonly metric: Metric;
  readonly help: string;
  readonly registry: prometheus.Registry;
  /** Told why a value was not taken. */
  readonly failed: (cause: unknown) => void;
}

/** A counter whose known series stand at 0. */
export function keepCounter(keeping: Keeping): Counter<string> {
  const kept = new prometheus.Counter(configuration(keeping));
  const known = new KnownSeries(keeping.metric, (labels) => {
    kept.inc(labels, 0);
  });
  return {
    add: (labels, by = 1) => {
      guard(keeping, () => {
        requireFinite(by);
        known.see(labels);
        kept.inc(labels, by);
      });
    },
  };
}

/** A gauge whose known series stand at 0. Any other is absent until it is set: 0 would be a statement, or a time. */
export function keepGauge(keeping: Keeping): Gauge<string> {
  const { known: knownValues, unit } = keeping.metric;
  const kept = new prometheus.Gauge(configuration(keeping));
  kept.remove({}); // prom-client starts a gauge without labels at 0
  const known = new KnownSeries(keeping.metric, (labels) => {
    if (knownValues !== undefined && unit !== 'timestamp_seconds') kept.inc(labels, 0);
  });
  const remove = (labels: LabelValues<string>): void => {
    kept.remove(labels);
    known.forget(labels);
  };
  return {
    set: (labels, value) => {
      guard(keeping, () => {
        if (!Number.isFinite(value)) remove(labels); // the last value is not the present one
        requireFinite(value);
        known.see(labels);
        kept.set(labels, value);
      });
    },
    remove: (labels) => {
      guard(keeping, () => {
        remove(labels);
      });
    },
  };
}

/** A histogram whose known series stand at 0. */
export function keepHistogram(keeping: Keeping): Histogram<string> {
  const { buckets = [] } = keeping.metric;
  const kept = new prometheus.Histogram({ ...configuration(keeping), buckets: [...buckets] });
  const known = new KnownSeries(keeping.metric, (labels) => {
    kept.zero(labels);
  });
  return {
    observe: (labels, value) => {
      guard(keeping, () => {
        requireFinite(value);
        known.see(labels);
        kept.observe(labels, value);
      });
    },
  };
}

/** Writes one metric as prom-client does: in one block, which is short for what an operator counts. */
export async function renderKept(
  name: string,
  registry: prometheus.Registry,
  turns: Turns,
): Promise<RenderedMetric> {
  const text = await registry.getSingleMetricAsString(name);
  const series = text.split('\n').length - HEAD_LINES;
  if (turns.written(series)) await turns.pass();
  return { text: [Buffer.from(`${text}\n`)], series };
}

/** HELP and TYPE. */
const HEAD_LINES = 2;

function configuration({ metric, help, registry }: Keeping): prometheus.MetricConfiguration<string> {
  return { name: metric.name, help, labelNames: [...metric.labels], registers: [registry] };
}

/** Counting never disturbs what is counted: prom-client throws at a label too many and at a counter that goes down. */
function guard({ failed }: Keeping, act: () => void): void {
  try {
    act();
  } catch (cause) {
    failed(cause);
  }
}

function requireFinite(value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no value of a metric`);
}
