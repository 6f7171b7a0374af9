import { describe, expect, it } from 'vitest';
import { MetricRegistry } from '../../metrics/metric-registry.ts';
import { callMetrics } from '../client/call-metrics.ts';
import { wishType } from '../testing/wish-kind.ts';
import { watchMetrics } from './watch-metrics.ts';

/** Lines of the page that begin with that. */
async function series(metrics: MetricRegistry, prefix: string): Promise<string[]> {
  return (await metrics.render())
    .toString()
    .split('\n')
    .filter((line) => line.startsWith(prefix));
}

describe('the metrics of an API server', () => {
  it('count calls by verb and code, and measure all but watches', async () => {
    const metrics = new MetricRegistry();
    const observe = callMetrics(metrics);
    observe({ cluster: 'local-dr', verb: 'get', code: '200', milliseconds: 20 });
    observe({ cluster: 'local-dr', verb: 'watch', code: 'Timeout', milliseconds: 9_000 });
    expect(await series(metrics, 'zaibei_api_requests_total')).toEqual([
      'zaibei_api_requests_total{api="local-dr",verb="get",code="200"} 1',
      'zaibei_api_requests_total{api="local-dr",verb="watch",code="Timeout"} 1',
    ]);
    expect(await series(metrics, 'zaibei_api_request_duration_seconds_sum')).toEqual([
      'zaibei_api_request_duration_seconds_sum{api="local-dr",verb="get"} 0.02',
    ]);
  });

  it('tell of lists, ends of watches, what is stored, and when the server was heard of', async () => {
    const metrics = new MetricRegistry();
    const observer = watchMetrics(metrics, 'local-dr', wishType);
    observer.listed('ok');
    observer.ended('expired');
    observer.heard(1_700_000_000_500, 3);
    const labels = 'api="local-dr",resource="wishes"';
    expect(await series(metrics, 'zaibei_lists_total')).toContain(
      `zaibei_lists_total{${labels},outcome="ok"} 1`,
    );
    expect(await series(metrics, 'zaibei_watch_restarts_total')).toContain(
      `zaibei_watch_restarts_total{${labels},reason="expired"} 1`,
    );
    expect(await series(metrics, 'zaibei_watch_heard')).toEqual([
      `zaibei_watch_heard_timestamp_seconds{${labels}} 1700000000.5`,
    ]);
    expect(await series(metrics, 'zaibei_stored_objects')).toEqual([`zaibei_stored_objects{${labels}} 3`]);
  });
});
