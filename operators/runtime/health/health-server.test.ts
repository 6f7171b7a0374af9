import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { MetricRegistry, MetricsPage } from '../../metrics/index.ts';
import { HealthServer } from './health-server.ts';
import type { ReadinessCheck } from './readiness.ts';

const open: HealthServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(options: { checks?: ReadinessCheck[]; metrics?: Pick<MetricsPage, 'read'> } = {}) {
  const { checks = [], metrics = new MetricsPage(new MetricRegistry()) } = options;
  const server = await HealthServer.open({ host: '127.0.0.1', port: 0, checks, metrics });
  open.push(server);
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);
  return { server, get };
}

describe('the health server', () => {
  it('is alive whatever it is not ready for', async () => {
    const { get } = await serve({ checks: [{ name: 'readers', problem: () => 'datasets has not synced' }] });
    expect((await get('/livez')).status).toBe(200);
    const readyz = await get('/readyz?verbose');
    expect(readyz.status).toBe(503);
    expect(await readyz.text()).toBe('[-] readers: datasets has not synced\nnot ready\n');
  });

  it('is ready when nothing is missing', async () => {
    const { get } = await serve({ checks: [{ name: 'readers', problem: () => undefined }] });
    const readyz = await get('/readyz');
    expect([readyz.status, await readyz.text()]).toEqual([200, '[+] readers\nready\n']);
  });

  it('serves the metrics, compressed for whoever takes that', async () => {
    const { get } = await serve();
    const page = await get('/metrics');
    expect(page.headers.get('content-encoding')).toBe('gzip');
    expect(page.headers.get('content-type')).toContain('version=0.0.4');
    expect(await page.text()).toContain('# TYPE zaibei_metrics_series gauge');
  });

  it('does not tell a caller why a page failed', async () => {
    const failing = { read: () => Promise.reject(new Error('password=c4n4ry')) };
    const { get } = await serve({ metrics: failing });
    const page = await get('/metrics');
    expect([page.status, await page.text()]).toEqual([500, 'failed\n']);
  });

  it('takes no writes and names what it has', async () => {
    const { get } = await serve();
    expect((await get('/livez', { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await get('/livez', { method: 'HEAD' })).status).toBe(200);
    const elsewhere = await get('/debug');
    expect([elsewhere.status, await elsewhere.text()]).toEqual([
      404,
      'here are /livez, /readyz and /metrics\n',
    ]);
  });

  it('closes also the connections that callers keep open', async () => {
    const { server } = await serve();
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    await server.close();
    open.splice(0);
    await closed;
  });

  it('says which address it cannot have, and how to choose another', async () => {
    const { server } = await serve();
    const again = HealthServer.open({
      host: '127.0.0.1',
      port: server.port,
      checks: [],
      metrics: new MetricsPage(new MetricRegistry()),
    });
    await expect(again).rejects.toThrow(`cannot listen on 127.0.0.1:${server.port}`);
    await expect(again).rejects.toThrow('ZAIBEI_LISTEN');
  });
});
