import { expect, it, onTestFinished } from 'vitest';
import { CATALOGUE, MetricRegistry, observeProcess, type Metric } from '../operators/metrics/index.ts';
import { execute } from './execute.ts';
import { testLab } from './testing/test-lab.ts';

/** What Prometheus' own checker says of a page; throws with its complaints where it has any. */
function checkMetrics(page: string): Promise<string> {
  return execute(testLab().toolchain.programs.promtool, ['check', 'metrics'], { input: page });
}

/** Gives a metric of the catalogue a series, as a part of the operator would that owns it. */
function populate(metrics: MetricRegistry, metric: Metric): void {
  const { labels, known = {} } = metric;
  const values = Object.fromEntries(
    labels.map((label) => [label, known[label]?.[0] ?? 'a "quoted" \\ 值\n'] as const),
  );
  if (metric.type === 'counter') metrics.counter(metric).add(values);
  else if (metric.type === 'histogram') metrics.histogram(metric).observe(values, 0.1);
  else metrics.derived(metric, () => [{ labels: values, value: 1_795_384_251.79 }]);
}

it("every metric that an operator can serve satisfies Prometheus' own checker", async () => {
  const metrics = new MetricRegistry();
  onTestFinished(observeProcess(metrics, '0.1.0'));
  const served = (await metrics.render()).toString();
  for (const metric of CATALOGUE) if (!served.includes(`# TYPE ${metric.name} `)) populate(metrics, metric);
  const page = (await metrics.render()).toString();
  for (const { name } of CATALOGUE) expect(page).toMatch(new RegExp(`^${name}[_{ ]`, 'm'));
  await checkMetrics(page);
});

it.each([
  ['a page that cannot be read', 'zaibei_example{centre="fuzhou} 1\n'],
  [
    'a page that breaks the conventions',
    '# HELP zaibei_example_total An example.\n# TYPE zaibei_example_total gauge\nzaibei_example_total 1\n',
  ],
])("Prometheus' own checker refuses %s", async (_, page) => {
  await expect(checkMetrics(page)).rejects.toThrow(/zaibei_example|parsing/);
});
