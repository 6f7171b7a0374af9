import { describe, expect, it } from 'vitest';

import { defineMetric, type Metric } from './metric.ts';
import { MetricRegistry, type MetricRegistryOptions } from './metric-registry.ts';
import { depth, duration, EXAMPLES, recoveryPoint, runs } from './testing/example-metrics.ts';

function registry(options: MetricRegistryOptions = {}): MetricRegistry {
  return new MetricRegistry({ catalogue: EXAMPLES, ...options });
}

/** The series of a metric on a page rendered now, without the metric's name. */
async function seriesOf(metrics: MetricRegistry, { name }: Metric): Promise<string[]> {
  const lines = (await metrics.render()).toString().split('\n');
  return lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length));
}

describe('a registry of metrics', () => {
  it('refuses a catalogue with doubled names and wrong labels, and names all of it', () => {
    const twin = { ...runs };
    const wrong = { ...depth, name: 'zaibei_example_width', labels: ['cluster'] } as const;
    expect(() => registry({ catalogue: [...EXAMPLES, twin, wrong] })).toThrow(
      /ZB-MET-001.*zaibei_example_runs_total: the name is taken.*zaibei_example_width: the label "cluster"/s,
    );
  });

  it('refuses a metric that is not in the catalogue, also one that only looks the same', () => {
    expect(() => registry().counter({ ...runs })).toThrow(
      /ZB-MET-002 zaibei_example_runs_total is not in the catalogue/,
    );
  });

  it('refuses a metric asked for as another type than its own', () => {
    expect(() => registry().gauge(runs)).toThrow(/ZB-MET-003 .*is a counter/);
    expect(() => {
      registry().derived(duration, () => []);
    }).toThrow(/ZB-MET-003 .*is a histogram/);
  });

  it('refuses a metric that is both kept and derived, whichever comes first', () => {
    const keptFirst = registry();
    keptFirst.gauge(depth);
    expect(() => {
      keptFirst.derived(depth, () => []);
    }).toThrow(/ZB-MET-003 .*both kept and derived/);
    const derivedFirst = registry();
    derivedFirst.derived(depth, () => []);
    expect(() => derivedFirst.gauge(depth)).toThrow(/ZB-MET-003 .*both kept and derived/);
  });

  it('gives the same series to everybody who asks for a metric, and none to another registry', async () => {
    const [one, other] = [registry(), registry()];
    one.gauge(depth).set({}, 1);
    one.gauge(depth).set({}, 2);
    other.gauge(depth).set({}, 7);
    expect(await seriesOf(one, depth)).toEqual([' 2']);
    expect(await seriesOf(other, depth)).toEqual([' 7']);
  });
});

describe('what is counted', () => {
  it('starts at 0 for all known values, as soon as the other labels are seen', async () => {
    const metrics = registry();
    metrics.histogram(duration);
    const counter = metrics.counter(runs);
    expect(await seriesOf(metrics, runs)).toEqual([]);
    counter.add({ controller: 'topology', outcome: 'ok' });
    counter.add({ controller: 'topology', outcome: 'ok' }, 2);
    expect(await seriesOf(metrics, runs)).toEqual([
      '{controller="topology",outcome="ok"} 3',
      '{controller="topology",outcome="failed"} 0',
    ]);
    expect(await seriesOf(metrics, duration)).toContain('_count{verb="get"} 0');
  });

  it('is spread over the buckets of a histogram', async () => {
    const metrics = registry();
    for (const value of [0.05, 0.5, 5]) metrics.histogram(duration).observe({ verb: 'get' }, value);
    expect(await seriesOf(metrics, duration)).toEqual([
      '_bucket{le="0.1",verb="get"} 1',
      '_bucket{le="1",verb="get"} 2',
      '_bucket{le="+Inf",verb="get"} 3',
      '_sum{verb="get"} 5.55',
      '_count{verb="get"} 3',
    ]);
  });

  it('is absent from a gauge before it is set and after it is removed', async () => {
    const metrics = registry();
    const gauge = metrics.gauge(depth);
    expect(await seriesOf(metrics, depth)).toEqual([]);
    gauge.set({}, 4);
    expect(await seriesOf(metrics, depth)).toEqual([' 4']);
    gauge.remove({});
    expect(await seriesOf(metrics, depth)).toEqual([]);
  });

  it('never disturbs who counts: a value that is none is counted as a failure, and a gauge loses its series', async () => {
    const told: unknown[] = [];
    const metrics = registry({ onFailure: (metric, cause) => told.push([metric, cause]) });
    metrics.gauge(depth).set({}, 4);
    metrics.gauge(depth).set({}, NaN);
    metrics.gauge(depth).set({}, NaN); // told once, counted each time
    metrics.counter(runs).add({ controller: 'topology', outcome: 'ok' }, -1);
    const tooMany = { verb: 'get', extra: 'label' };
    metrics.histogram(duration).observe(tooMany, 1);
    expect(await seriesOf(metrics, depth)).toEqual([]);
    expect(told).toEqual([depth, runs, duration].map(({ name }) => [name, expect.any(Error) as Error]));
    expect((await metrics.render()).toString()).toContain(
      'zaibei_metrics_failures_total{metric="zaibei_example_depth"} 2\n',
    );
  });
});

describe('a page', () => {
  it('has the metrics in the order of their names, each with HELP and TYPE, in the language asked for', async () => {
    const metrics = registry({ language: 'zh' });
    metrics.counter(runs);
    metrics.gauge(depth);
    metrics.derived(recoveryPoint, () => []);
    const comments = (await metrics.render())
      .toString()
      .split('\n')
      .filter((line) => line.startsWith('#'));
    expect(comments.slice(0, 6)).toEqual([
      '# HELP zaibei_example_depth 示例。',
      '# TYPE zaibei_example_depth gauge',
      '# HELP zaibei_example_recovery_point_timestamp_seconds 示例。',
      '# TYPE zaibei_example_recovery_point_timestamp_seconds gauge',
      '# HELP zaibei_example_runs_total 示例。',
      '# TYPE zaibei_example_runs_total counter',
    ]);
  });

  it('escapes label values alike, whether counted or derived', async () => {
    const metrics = registry();
    const hostile = 'a\\b"c\nd} 1\n# x';
    metrics.counter(runs).add({ controller: hostile, outcome: 'ok' });
    metrics.derived(recoveryPoint, () => [{ labels: { namespace: hostile, dataset: hostile }, value: 1 }]);
    const escaped = 'a\\\\b\\"c\\nd} 1\\n# x';
    expect(await seriesOf(metrics, runs)).toContain(`{controller="${escaped}",outcome="ok"} 1`);
    expect(await seriesOf(metrics, recoveryPoint)).toEqual([
      `{namespace="${escaped}",dataset="${escaped}"} 1`,
    ]);
  });

  it('lets the program go on while it is rendered', async () => {
    const metrics = registry();
    metrics.derived(recoveryPoint, () =>
      Array.from({ length: 20_000 }, (_, index) => ({
        labels: { namespace: 'a', dataset: `d${index}` },
        value: 1,
      })),
    );
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      immediate = setImmediate(turn);
    };
    let immediate = setImmediate(turn);
    await metrics.render();
    clearImmediate(immediate);
    expect(turns).toBeGreaterThanOrEqual(20);
  });

  it('tells how many series the one before had', async () => {
    const metrics = registry();
    metrics.derived(depth, () => [{ labels: {}, value: 1 }]);
    const lines = (await metrics.render()).toString().split('\n');
    const series = lines.filter((line) => line !== '' && !line.startsWith('#')).length;
    const next = (await metrics.render()).toString();
    expect(next).toContain(`\nzaibei_metrics_series ${series}\n`);
    expect(next).toContain('\nzaibei_metrics_render_duration_seconds_count 1\n');
  });

  it('cannot be changed by a metric that nobody uses', async () => {
    const unused = defineMetric({ ...depth, name: 'zaibei_example_unused' });
    const metrics = registry({ catalogue: [unused] });
    expect((await metrics.render()).toString()).not.toContain('unused');
  });
});
