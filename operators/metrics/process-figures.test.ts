import { expect, it, onTestFinished } from 'vitest';

import { MetricRegistry } from './metric-registry.ts';
import { observeProcess } from './process-figures.ts';

/** Values of the page, by series. */
async function figures(metrics: MetricRegistry): Promise<Map<string, number>> {
  const lines = (await metrics.render()).toString().split('\n');
  const series = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    series.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]),
  );
}

it('the page tells of the process that serves it', async () => {
  const metrics = new MetricRegistry();
  onTestFinished(observeProcess(metrics, '1.2.3'));
  const page = await figures(metrics);
  expect(page.get(`zaibei_build_info{version="1.2.3",node="${process.version}"}`)).toBe(1);
  expect(page.get('zaibei_process_resident_bytes')).toBeGreaterThan(
    page.get('zaibei_process_heap_used_bytes') ?? Infinity,
  );
  expect(page.get('zaibei_process_open_descriptors')).toBeGreaterThan(2);
  expect(page.get('zaibei_process_cpu_seconds_total{mode="user"}')).toBeGreaterThan(0);
  expect(page.get('zaibei_process_start_timestamp_seconds')).toBeLessThan(Date.now() / 1_000);
  expect(
    [...page].filter(([name, value]) => name.startsWith('zaibei_metrics_failures') && value > 0),
  ).toEqual([]);
});

it('a blocked event loop shows in its delay and in its busy time', async () => {
  const metrics = new MetricRegistry();
  onTestFinished(observeProcess(metrics, '1.2.3'));
  const busy = 'zaibei_event_loop_busy_seconds_total';
  const before = (await figures(metrics)).get(busy) ?? Infinity;
  const until = performance.now() + 150;
  while (performance.now() < until);
  await expect
    .poll(async () => {
      const page = await figures(metrics);
      const delays = (at: string): number => page.get(`zaibei_event_loop_delay_seconds_${at}`) ?? NaN;
      return delays('count') - delays('bucket{le="0.1"}');
    })
    .toBeGreaterThan(0);
  expect((await figures(metrics)).get(busy)).toBeGreaterThan(before + 0.1);
});
