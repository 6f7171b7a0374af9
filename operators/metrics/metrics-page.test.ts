import { gunzipSync } from 'node:zlib';

import { beforeEach, describe, expect, it } from 'vitest';

import { MetricsPage } from './metrics-page.ts';

describe('the metrics page', () => {
  let now: number;
  let rendered: number;
  let render: () => Promise<Buffer>;
  let page: MetricsPage;

  beforeEach(() => {
    now = 0;
    rendered = 0;
    render = () => Promise.resolve(Buffer.from(`zaibei_page ${rendered}\n`));
    const source = {
      render: () => {
        rendered += 1;
        return render();
      },
    };
    page = new MetricsPage(source, { maxAge: 5_000, elapsed: () => now });
  });

  async function text(acceptEncoding?: string): Promise<string> {
    const { body, headers } = await page.read(acceptEncoding);
    return (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
  }

  it('is plain text of the version that Prometheus reads', async () => {
    const { headers } = await page.read();
    expect(headers).toEqual({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      vary: 'accept-encoding',
    });
  });

  it('is served again until it is too old', async () => {
    expect(await text()).toBe('zaibei_page 1\n');
    now = 4_999;
    expect(await text()).toBe('zaibei_page 1\n');
    now = 5_000;
    expect(await text()).toBe('zaibei_page 2\n');
  });

  it('is rendered once for all who ask at the same time, however long that takes', async () => {
    let finish = (_: Buffer): void => undefined;
    render = () => new Promise((resolve) => (finish = resolve));
    const first = text();
    now = 60_000;
    const second = text('gzip');
    finish(Buffer.from('zaibei_page 1\n'));
    expect(await Promise.all([first, second])).toEqual(['zaibei_page 1\n', 'zaibei_page 1\n']);
    expect(rendered).toBe(1);
  });

  it('is rendered anew for whoever asks after a failure', async () => {
    const works = render;
    render = () => Promise.reject(new Error('out of memory'));
    await expect(page.read()).rejects.toThrow('out of memory');
    render = works;
    expect(await text()).toBe('zaibei_page 2\n');
  });

  it.each(['gzip', 'deflate, GZIP;q=0.5', '*', 'gzip;q=1.0, identity'])(
    'is compressed for "%s"',
    async (accept) => {
      expect((await page.read(accept)).headers).toMatchObject({ 'content-encoding': 'gzip' });
      expect(await text(accept)).toBe('zaibei_page 1\n');
    },
  );

  it.each(['', 'identity', 'br', 'gzip;q=0', 'gzip; q=0.000', 'x-gzipped'])(
    'is plain for "%s"',
    async (accept) => {
      expect((await page.read(accept)).headers).not.toHaveProperty('content-encoding');
    },
  );
});
