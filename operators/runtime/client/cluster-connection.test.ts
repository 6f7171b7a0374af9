import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { ScriptedApiServer } from '../testing/scripted-api-server/server.ts';
import { until } from '../testing/until.ts';
import { ClusterConnection } from './cluster-connection.ts';

const SIGNAL = new AbortController().signal;
const READYZ = { method: 'GET', path: '/readyz' } as const;

/** A connection to a scripted server by credentials that a test may change. */
async function connected() {
  const clock = new ManualClock();
  const server = await ScriptedApiServer.start([], () => clock.now());
  const kubeconfig = server.kubeconfig;
  let current = kubeconfig;
  let reads = 0;
  const read = (): string => {
    reads += 1;
    return current;
  };
  const connection = new ClusterConnection('a', { kind: 'text', from: 'a test', text: read }, clock);
  return {
    clock,
    server,
    connection,
    reads: () => reads,
    rotate: (from: string, to: string) => (current = kubeconfig.replace(from, to)),
    call: async () => text((await connection.request(READYZ, SIGNAL)).body),
    [Symbol.asyncDispose]: async () => {
      await connection.close();
      await server.stop();
    },
  };
}

const CERTIFICATE = '"client-certificate-data":"bmV3","token"';

describe('a connection', () => {
  it('replaces its pool when a certificate has been renewed, and lets what is under way end', async () => {
    await using cluster = await connected();
    const { server, connection, clock, rotate, call } = cluster;
    const answer = Promise.withResolvers<undefined>();
    server.fail({ with: answer.promise.then(() => undefined) });
    const slow = call();
    await until(() => server.requests.length === 1);
    rotate('"token"', CERTIFICATE);
    clock.advance(1_000);
    expect(await call()).toBe('ok');
    expect(connection.poolsMade).toBe(2);
    answer.resolve(undefined);
    expect(await slow).toBe('ok');
    expect(await call()).toBe('ok');
    expect(connection.poolsMade).toBe(2);
  });

  it('keeps its pool when a token has been renewed, and sends the new one', async () => {
    await using cluster = await connected();
    const { server, connection, clock, rotate, call } = cluster;
    await call();
    rotate('secret-token', 'renewed-token');
    clock.advance(1_000);
    await call();
    expect(connection.poolsMade).toBe(1);
    expect(server.requests.map(({ authorization }) => authorization)).toEqual([
      'Bearer secret-token',
      'Bearer renewed-token',
    ]);
  });

  it('reads credentials once a second at most, however many calls there are', async () => {
    await using cluster = await connected();
    const { clock, call, reads } = cluster;
    await Promise.all([call(), call(), call()]);
    clock.advance(999);
    await call();
    expect(reads()).toBe(1);
    clock.advance(1);
    await call();
    expect(reads()).toBe(2);
  });

  it('reads them anew at once when the server has not accepted them', async () => {
    await using cluster = await connected();
    const { server, rotate, call, connection } = cluster;
    server.fail({ with: 401, reason: 'Unauthorized' });
    const refused = await connection.request(READYZ, SIGNAL);
    await text(refused.body);
    expect(refused.statusCode).toBe(401);
    rotate('secret-token', 'renewed-token');
    expect(await call()).toBe('ok');
    expect(server.requests.at(-1)?.authorization).toBe('Bearer renewed-token');
  });

  it('does not keep a reading that failed', async () => {
    await using cluster = await connected();
    const { rotate, call } = cluster;
    rotate('users', 'losers');
    await expect(call()).rejects.toMatchObject({ code: 'ZB-API-020' });
    rotate('users', 'users');
    expect(await call()).toBe('ok');
  });
});
