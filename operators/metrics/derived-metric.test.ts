import { beforeEach, describe, expect, it } from 'vitest';

import type { Sample } from './metric.ts';
import { MetricRegistry } from './metric-registry.ts';
import { stateSamples } from './state-samples.ts';
import { depth, EXAMPLES, recoveryPoint, state } from './testing/example-metrics.ts';

type Point = Sample<'namespace' | 'dataset'>;

function point(dataset: string, value: number): Point {
  return { labels: { namespace: 'tax', dataset }, value };
}

describe('a derived metric', () => {
  let metrics: MetricRegistry;
  let points: Point[];

  beforeEach(() => {
    metrics = new MetricRegistry({ catalogue: EXAMPLES });
    points = [point('ledger', 100), point('archive', 200)];
    metrics.derived(recoveryPoint, () => points);
    metrics.derived(depth, () => [{ labels: {}, value: 5 }]);
  });

  const LEDGER = 'zaibei_example_recovery_point_timestamp_seconds{namespace="tax",dataset="ledger"} 100';
  const FAILURES = 'zaibei_metrics_failures_total{metric="zaibei_example_recovery_point_timestamp_seconds"}';

  async function page(): Promise<string[]> {
    return (await metrics.render()).toString().split('\n');
  }

  it('is computed anew for each page: a series goes with its object', async () => {
    expect(await page()).toContain(LEDGER);
    points = [point('archive', 300)];
    const after = (await page()).filter((line) => line.startsWith('zaibei_example_recovery'));
    expect(after).toEqual([LEDGER.replace('ledger', 'archive').replace('100', '300')]);
  });

  it.each<[string, () => Iterable<Point>]>([
    [
      'throws',
      () => {
        throw new Error('the store is not synced');
      },
    ],
    [
      'throws half-way',
      function* () {
        yield point('ledger', 100);
        throw new Error('lost');
      },
    ],
    ['gives NaN', () => [point('ledger', 100), point('archive', Number.NaN)]],
    ['gives a series twice', () => [point('ledger', 100), point('ledger', 100)]],
    [
      'leaves a label out',
      () => [{ labels: JSON.parse('{"dataset":"ledger"}') as Point['labels'], value: 100 }],
    ],
  ])(
    'that %s loses all its series and no other metric, and is counted on the same page',
    async (_, source) => {
      metrics = new MetricRegistry({ catalogue: EXAMPLES });
      metrics.derived(recoveryPoint, source);
      metrics.derived(depth, () => [{ labels: {}, value: 5 }]);
      const lines = await page();
      expect(lines.filter((line) => line.startsWith('zaibei_example_recovery'))).toEqual([]);
      expect(lines).toContain('zaibei_example_depth 5');
      expect(lines).toContain(`${FAILURES} 1`);
    },
  );

  it('has its failures at 0 before the first, and its series back after the last', async () => {
    expect(await page()).toContain(`${FAILURES} 0`);
    points = [point('ledger', Infinity)];
    await page();
    points = [point('ledger', 100)];
    const lines = await page();
    expect(lines).toContain(LEDGER);
    expect(lines).toContain(`${FAILURES} 1`);
  });

  it('of several sources keeps the series of those that do not fail', async () => {
    metrics.derived(recoveryPoint, () => [point('ledger', 999)]); // taken by the source before it
    metrics.derived(recoveryPoint, () => [point('mail', 300)]);
    const lines = (await page()).filter((line) => line.startsWith('zaibei_example_recovery'));
    expect(lines.map((line) => line.split(' ')[1])).toEqual(['100', '200', '300']);
  });
});

describe('the samples of a state', () => {
  it('are 1 for the present one and 0 for every other', () => {
    expect([...stateSamples(state, 'state', { centre: 'fuzhou' }, 'silent')]).toEqual([
      { labels: { centre: 'fuzhou', state: 'reachable' }, value: 0 },
      { labels: { centre: 'fuzhou', state: 'silent' }, value: 1 },
      { labels: { centre: 'fuzhou', state: 'unknown' }, value: 0 },
    ]);
  });

  it('are refused of a state that the metric does not know', () => {
    expect(() => [...stateSamples(state, 'state', { centre: 'fuzhou' }, 'asleep')]).toThrow(/state "asleep"/);
  });
});
