import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OPERATOR_NODE_OPTIONS } from './api/layout/operator-program.ts';
import { BUNDLE, bundleOperator } from './bundle.ts';
import { CENTRE, TOPOLOGY, topologies } from './process/testing/example-topology.ts';
import { OperatorProcess } from './process/testing/operator-process.ts';
import { EXIT } from './runtime/index.ts';
import { freePort } from './runtime/testing/free-port.ts';
import { ScriptedApiServer } from './runtime/testing/scripted-api-server/server.ts';

const MEBIBYTE = 2 ** 20;

let folder: string;
let size: number;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'zaibei-bundle-'));
  size = await bundleOperator(folder, '1.2.3+tested');
}, 120_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the bundle against a server that a kubeconfig names. */
function start(kubeconfig: string, environment: Record<string, string> = {}): OperatorProcess {
  const file = path.join(folder, `kubeconfig-${Math.random()}`);
  writeFileSync(file, kubeconfig);
  return new OperatorProcess([...OPERATOR_NODE_OPTIONS, path.join(folder, BUNDLE)], {
    ZAIBEI_CENTRE: 'fuzhou-a',
    ZAIBEI_LISTEN: '127.0.0.1:0',
    KUBECONFIG: file,
    ...environment,
  });
}

describe('the operator as one file', () => {
  it('is small, and says what it was made from', async () => {
    expect(size).toBeLessThan(3 * MEBIBYTE);
    await using operator = start('', { ZAIBEI_LOG_LEVEL: 'info' });
    await operator.exited;
    expect(operator.lines[0]).toMatchObject({
      message: 'starting',
      version: '1.2.3+tested',
      centre: 'fuzhou-a',
    });
  });

  it('refuses wrong variables in one line', async () => {
    await using operator = start('', { ZAIBEI_CENTRE: '', ZAIBEI_LOG_LEVEL: 'loud' });
    expect(await operator.exited).toBe(EXIT.configuration);
    expect(operator.lines).toEqual([expect.objectContaining({ level: 'error', code: 'ZB-RUN-004' })]);
    expect(operator.lines[0]?.message).toMatch(/ZAIBEI_CENTRE is not set.*ZAIBEI_LOG_LEVEL is "loud"/);
  });

  it('refuses a kubeconfig that is none', async () => {
    await using operator = start('clusters: [');
    expect(await operator.exited).toBe(EXIT.configuration);
    expect(operator.lines.at(-1)).toMatchObject({ level: 'error', code: 'ZB-RUN-007' });
    expect(operator.lines).toHaveLength(2);
  });

  it('refuses an address that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await using operator = start('', { ZAIBEI_LISTEN: `127.0.0.1:${port ?? 0}` });
    expect(await operator.exited).toBe(EXIT.configuration);
    expect(operator.lines.at(-1)).toMatchObject({ level: 'error', code: 'ZB-RUN-003' });
    server.close();
  });

  it('refuses a centre that the topology does not have, and names those that it has', async () => {
    const server = await ScriptedApiServer.start([topologies], () => Date.now());
    server.api.apply(topologies, TOPOLOGY, 'stacks');
    await using operator = start(server.kubeconfig, { ZAIBEI_CENTRE: 'atlantis' });
    expect(await operator.exited).toBe(EXIT.configuration);
    expect(operator.lines.at(-1)).toMatchObject({
      code: 'ZB-RUN-005',
      message: expect.stringContaining(CENTRE) as string,
    });
    expect(operator.output).not.toContain('secret-token');
    await server.stop();
  });

  it('waits for an API server, alive and not ready, and ends when told to', async () => {
    const server = await ScriptedApiServer.start([], () => Date.now());
    const { kubeconfig } = server;
    await server.stop();
    const port = await freePort();
    await using operator = start(kubeconfig, { ZAIBEI_LISTEN: `127.0.0.1:${port}` });
    await vi.waitUntil(() => operator.output.includes('cannot read the topology'), { timeout: 15_000 });
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get('/livez')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(503);
    expect(await (await get('/metrics')).text()).toContain('zaibei_build_info{version="1.2.3+tested"');

    operator.signal('SIGUSR2');
    await vi.waitUntil(() => operator.output.includes('logging at debug'), { timeout: 5_000 });
    operator.signal('SIGTERM');
    expect(await operator.exited).toBe(EXIT.stopped);
  });
});
