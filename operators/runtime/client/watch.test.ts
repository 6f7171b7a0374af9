import { describe, expect, it } from 'vitest';
import { ApiError } from '../errors/api-error.ts';
import { scriptedCluster, type ScriptedCluster } from '../testing/scripted-cluster.ts';
import { until } from '../testing/until.ts';
import { wish, wishType } from '../testing/wish-kind.ts';

const TIMES = { lifetime: 300_000, idleLimit: 60_000 };

/** A watch from the beginning, with what it has told so far, and how it ended. */
async function watching({ client, calls }: ScriptedCluster, signal?: AbortSignal) {
  const told: string[] = [];
  const read = async (): Promise<unknown> => {
    try {
      for await (const event of client.watch(wishType, { resourceVersion: '0' }, { ...TIMES, signal })) {
        told.push(
          event.type === 'bookmark'
            ? `bookmark ${event.resourceVersion}`
            : `${event.type} ${event.object.metadata.name}`,
        );
      }
      return 'closed';
    } catch (error) {
      return error;
    }
  };
  const end = read();
  // Not when the server has answered: the client has to have heard it.
  await until(() => calls.length === 1);
  return { told, end };
}

describe('a watch', () => {
  it('tells changes and bookmarks until the server closes it', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server } = cluster;
    const { told, end } = await watching(cluster);
    const made = server.api.create(wishType, wish('a', 1));
    server.api.apply(wishType, wish('a', 2), 'somebody');
    server.bookmark();
    server.api.delete(wishType, made);
    server.watches.end();
    expect(await end).toBe('closed');
    expect(told).toEqual(['added a', 'modified a', 'bookmark 2', 'deleted a']);
    expect(server.requests[0]?.query.get('timeoutSeconds')).toBe('300');
    expect(server.requests[0]?.query.get('allowWatchBookmarks')).toBe('true');
    expect(cluster.clock.timers).toBe(0);
  });

  it('reads an event that arrives in halves, cut within a character, and two in one piece', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server } = cluster;
    const { told, end } = await watching(cluster);
    const object = (name: string): object => ({
      metadata: { name, namespace: 'tenant', resourceVersion: '9' },
    });
    const line = Buffer.from(`${JSON.stringify({ type: 'ADDED', object: object('灾备') })}\n`);
    const within = line.indexOf(Buffer.from('灾')) + 1;
    server.watches.write(line.subarray(0, within));
    server.watches.write(Buffer.concat([line.subarray(within), line]));
    server.watches.end();
    expect(await end).toBe('closed');
    expect(told).toEqual(['added 灾备', 'added 灾备']);
  });

  it('that breaks within an event does not tell it, and has failed', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { told, end } = await watching(cluster);
    cluster.server.watches.write('{"type":"ADDED","object":{"metad');
    cluster.server.watches.end();
    expect(await end).toMatchObject({ reason: 'Unreachable' });
    expect(told).toEqual([]);
  });

  it.each(['no json', '{"type":"NEWS","object":{}}', '{"type":"ADDED","object":{}}', '{"type":"BOOKMARK"}'])(
    'that tells what is no event has failed: %s',
    async (line) => {
      await using cluster = await scriptedCluster([wishType]);
      const { end } = await watching(cluster);
      cluster.server.watches.write(`${line}\n`);
      expect(await end).toMatchObject({ reason: 'Unreadable' });
    },
  );

  it('from a version that is forgotten fails as expired', async () => {
    await using cluster = await scriptedCluster([wishType]);
    cluster.server.api.create(wishType, wish('a', 1));
    cluster.server.compact();
    const watch = cluster.client.watch(wishType, { resourceVersion: '0' }, TIMES);
    await expect(watch[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      status: 410,
      reason: 'Expired',
      code: 'ZB-API-008',
    });
  });

  it('that is silent beyond the idle limit has failed; each event gives it that time anew', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    const { told, end } = await watching(cluster);
    clock.advance(59_999);
    server.api.create(wishType, wish('a', 1));
    await until(() => told.length === 1);
    clock.advance(59_999);
    server.bookmark();
    await until(() => told.length === 2);
    clock.advance(60_000);
    expect(await end).toMatchObject({ reason: 'Timeout' });
    await until(() => server.watches.size === 0);
  });

  it('whose caller gives up lets go of the connection at once', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const caller = new AbortController();
    const { end } = await watching(cluster, caller.signal);
    caller.abort();
    expect(await end).toBeInstanceOf(ApiError);
    await until(() => cluster.server.watches.size === 0);
    expect(cluster.clock.timers).toBe(0);
  });

  it('that is left by its reader lets go of the connection', async () => {
    await using cluster = await scriptedCluster([wishType]);
    cluster.server.api.create(wishType, wish('a', 1));
    for await (const event of cluster.client.watch(wishType, { resourceVersion: '0' }, TIMES)) {
      expect(event.type).toBe('added');
      break;
    }
    await until(() => cluster.server.watches.size === 0);
    expect(cluster.clock.timers).toBe(0);
  });
});
