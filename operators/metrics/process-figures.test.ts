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
  await expect
    .poll(async () => (await figures(metrics)).get('zaibei_event_loop_delay_seconds{statistic="p99"}'))
    .toBeDefined();
  const page = await figures(metrics);
  expect(page.get(`zaibei_build_info{version="1.2.3",node="${process.version}"}`)).toBe(1);
  expect(page.get('zaibei_process_resident_bytes')).toBeGreaterThan(
    page.get('zaibei_process_heap_used_bytes') ?? 0,
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
  const delay = 'zaibei_event_loop_delay_seconds{statistic="max"}';
  const busy = 'zaibei_event_loop_busy_seconds_total';
  await expect.poll(async () => (await figures(metrics)).get(delay)).toBeDefined(); // it is being observed
  const before = (await figures(metrics)).get(busy) ?? 0;
  const until = performance.now() + 100;
  while (performance.now() < until);
  let longest = 0;
  await expect
    .poll(async () => (longest = Math.max(longest, (await figures(metrics)).get(delay) ?? 0)))
    .toBeGreaterThan(0.05);
  expect((await figures(metrics)).get(busy)).toBeGreaterThan(before + 0.09);
});
