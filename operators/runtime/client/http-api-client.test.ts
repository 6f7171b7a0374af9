import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { scriptedCluster } from '../testing/scripted-cluster.ts';
import { until } from '../testing/until.ts';
import { wish, wishType } from '../testing/wish-kind.ts';

/** What a call failed with. */
async function failureOf(call: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw new Error(`no ApiError: ${String(error)}`);
  return error;
}

const MANAGER = { fieldManager: 'zaibei-test' };

describe('a client', () => {
  it('creates, finds, replaces and deletes, without the bookkeeping of field managers', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client } = cluster;
    const made = await client.create(wishType, wish('a', 1));
    const found = await client.find(wishType, 'tenant/a');
    expect(found).toEqual(made);
    expect(JSON.stringify(found)).not.toContain('managedFields');
    const replaced = await client.replace(wishType, { ...made, spec: { ...made.spec, number: 2 } });
    expect(replaced.metadata).toMatchObject({ uid: made.metadata.uid, generation: 2 });
    expect(await failureOf(client.replace(wishType, made))).toMatchObject({ reason: 'Conflict' });
    await client.delete(wishType, replaced);
    expect(await client.find(wishType, 'tenant/a')).toBeUndefined();
  });

  it('applies fields in the name of a manager, and the status apart from the spec', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server } = cluster;
    await client.apply(wishType, wish('a', 1), { ...MANAGER, force: true });
    const { apiVersion, kind, metadata } = wish('a', 1);
    const status = { apiVersion, kind, metadata, status: { seen: 1 } };
    const applied = await client.applyStatus(wishType, status, MANAGER);
    expect(applied).toMatchObject({ spec: { number: 1 }, status: { seen: 1 }, metadata: { generation: 1 } });
    expect(server.requests.map(({ verb, query }) => `${verb} ${query.toString()}`)).toEqual([
      'apply fieldManager=zaibei-test&force=true',
      'apply-status fieldManager=zaibei-test',
    ]);
  });

  it('lists in pages, of one namespace or by label', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server } = cluster;
    for (const name of ['a', 'b', 'c']) server.api.create(wishType, wish(name, 1));
    const first = await client.listPage(wishType, { namespace: 'tenant', limit: 2 });
    const second = await client.listPage(wishType, { limit: 2, continue: first.continue });
    expect(first.items.map(({ metadata }) => metadata.name)).toEqual(['a', 'b']);
    expect(second.items.map(({ metadata }) => metadata.name)).toEqual(['c']);
    expect(second.continue).toBeUndefined();
    expect((await client.listPage(wishType, { limit: 9, labelSelector: 'x=y' })).items).toEqual([]);
    expect((await client.listPage(wishType, { limit: 9, namespace: 'other' })).items).toEqual([]);
  });

  it('tells an object that is not there from a kind that is not served', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const unserved = { ...wishType, plural: 'dreams', kind: 'Dream' };
    expect(await cluster.client.find(wishType, 'tenant/a')).toBeUndefined();
    const error = await failureOf(cluster.client.find(unserved, 'tenant/a'));
    expect(error).toMatchObject({ reason: 'NotFound', code: 'ZB-API-005' });
    expect(error.message).toContain('get Dream tenant/a in scripted');
  });

  it('deletes exactly one object: what came in its place under the same name stays', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server } = cluster;
    const gone = await client.create(wishType, wish('a', 1));
    server.api.delete(wishType, gone);
    await client.delete(wishType, gone);
    const successor = await client.create(wishType, wish('a', 2));
    await client.delete(wishType, gone);
    expect(await client.find(wishType, 'tenant/a')).toEqual(successor);
  });

  it('reads a path that is no object, with the time of the server', async () => {
    await using cluster = await scriptedCluster([]);
    const { text, date } = await cluster.client.read('/readyz');
    expect(text).toBe('ok');
    expect(Date.parse(date ?? '')).not.toBeNaN();
  });

  it('makes one connection and keeps it', async () => {
    await using cluster = await scriptedCluster([wishType]);
    for (let call = 0; call < 50; call += 1) await cluster.client.find(wishType, 'tenant/a');
    // The second is made where a call comes in the very moment in which the first connection is not free yet.
    expect(cluster.server.connections).toBeLessThanOrEqual(2);
  });
});

describe('a call that fails', () => {
  it('for silence ends at its deadline, and says so', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server, clock } = cluster;
    server.fail({ with: 'silence' });
    const failed = failureOf(client.find(wishType, 'tenant/a', { deadline: 2_000 }));
    await until(() => server.count('get') === 1);
    clock.advance(2_000);
    expect(await failed).toMatchObject({ reason: 'Timeout', code: 'ZB-API-011', status: undefined });
    expect((await failed).message).toContain('nothing was heard for 2000 ms');
    expect(clock.timers).toBe(0);
  });

  it('because its caller gave up says that, and lets go of the connection', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server, clock } = cluster;
    server.fail({ with: 'silence' });
    const caller = new AbortController();
    const failed = failureOf(client.create(wishType, wish('a', 1), { signal: caller.signal }));
    await until(() => server.count('create') === 1);
    caller.abort();
    expect(await failed).toMatchObject({ reason: 'Aborted', code: 'ZB-API-014' });
    expect(await failureOf(client.find(wishType, 'tenant/a', { signal: caller.signal }))).toMatchObject({
      reason: 'Aborted',
    });
    expect(server.requests).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });

  it('for a slow answer does not fail: it waits until the deadline', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server, clock } = cluster;
    const answer = Promise.withResolvers<undefined>();
    server.fail({ with: answer.promise.then(() => undefined) });
    const found = client.find(wishType, 'tenant/a', { deadline: 2_000 });
    await until(() => server.count('get') === 1);
    clock.advance(1_999);
    answer.resolve(undefined);
    expect(await found).toBeUndefined();
  });

  it('for a broken connection, or a server that is not there, is unreachable', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server } = cluster;
    server.fail({ verb: 'create', with: 'break' });
    expect(await failureOf(client.create(wishType, wish('a', 1)))).toMatchObject({ reason: 'Unreachable' });
    await server.stop();
    const error = await failureOf(client.find(wishType, 'tenant/a'));
    expect(error).toMatchObject({ reason: 'Unreachable', retry: { kind: 'backoff' } });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it.each(['<html>Sign in</html>', '{"items":[{}]}', '{"kind":"Status"}', ''])(
    'for an answer that is not an API server’s is unreadable: %j',
    async (body) => {
      await using cluster = await scriptedCluster([wishType]);
      const { client, server } = cluster;
      server.fail({ times: 2, with: { body } });
      expect(await failureOf(client.find(wishType, 'tenant/a'))).toMatchObject({ reason: 'Unreadable' });
      expect(await failureOf(client.listPage(wishType, { limit: 5 }))).toMatchObject({
        reason: 'Unreadable',
      });
    },
  );

  it('because the server is overloaded comes back when the server asks for it', async () => {
    await using cluster = await scriptedCluster([wishType]);
    cluster.server.fail({ with: 429, reason: 'TooManyRequests', retryAfter: 4 });
    const error = await failureOf(cluster.client.find(wishType, 'tenant/a'));
    expect(error.retry).toEqual({ kind: 'after', milliseconds: 4_000 });
  });

  it('never shows the token', async () => {
    await using cluster = await scriptedCluster([wishType]);
    cluster.server.fail({ with: 401, reason: 'Unauthorized' });
    const error = await failureOf(cluster.client.find(wishType, 'tenant/a'));
    expect(error.message).toContain('Renew the token or the certificate');
    expect(`${error.message} ${String(error.stack)} ${JSON.stringify(error)}`).not.toContain('secret-token');
  });
});

describe('a Secret', () => {
  const type = { ...wishType, apiVersion: 'v1', kind: 'Secret', plural: 'secrets' };

  it.each(['{"data": hunter2', '{"metadata":{},"data":"hunter2"}'])(
    'is not quoted by the error of an answer that cannot be read: %s',
    async (body) => {
      await using cluster = await scriptedCluster([type]);
      cluster.server.fail({ with: { body } });
      const error = await failureOf(cluster.client.find(type, 'tenant/key'));
      expect(error.reason).toBe('Unreadable');
      expect(inspect(error)).not.toContain('hunter2');
    },
  );
});

describe('whoever observes a client', () => {
  it('is told of every call by verb and code, or the reason for which there is none', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server, calls } = cluster;
    await client.create(wishType, wish('a', 1));
    await failureOf(client.create(wishType, wish('a', 1)));
    server.fail({ with: 'break', verb: 'apply' });
    await failureOf(client.apply(wishType, wish('a', 1), MANAGER));
    expect(calls.map(({ cluster: name, verb, code }) => [name, verb, code])).toEqual([
      ['scripted', 'create', '200'],
      ['scripted', 'create', '409'],
      ['scripted', 'apply', 'Unreachable'],
    ]);
  });

  it('is told how long a call took, its turn under the rate limit included', async () => {
    await using cluster = await scriptedCluster([wishType], { rate: { perSecond: 1, burst: 1 } });
    const { client, clock, calls } = cluster;
    await client.find(wishType, 'tenant/a');
    const second = client.find(wishType, 'tenant/a');
    await clock.pass(1_000);
    await second;
    expect(calls.map(({ milliseconds }) => milliseconds)).toEqual([0, 1_000]);
  });
});
