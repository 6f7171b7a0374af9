import { describe, expect, it } from 'vitest';
import type { Fault } from '../testing/scripted-api-server/fault.ts';
import { scriptedCluster } from '../testing/scripted-cluster.ts';
import { reflecting, watched } from '../testing/reflecting.ts';
import { until } from '../testing/until.ts';
import { wish, wishType } from '../testing/wish-kind.ts';

/** Names in the store. */
function names(store: { all(): Iterable<{ metadata: { name: string } }> }): string[] {
  return [...store.all()].map(({ metadata }) => metadata.name).sort();
}

describe('a reflector', () => {
  it('has everything in its store after a list in pages, and follows changes from there with one watch', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server } = cluster;
    for (let each = 0; each < 1_001; each += 1) server.api.create(wishType, wish(`w${each}`, each));
    const { store, end } = reflecting(cluster);
    await store.untilSynced();
    expect(store.size).toBe(1_001);
    expect(server.count('list')).toBe(3);
    await watched(cluster);
    server.api.delete(wishType, server.api.find(wishType, 'tenant/w7') ?? expect.unreachable());
    server.api.apply(wishType, wish('w8', 999), 'somebody');
    server.api.create(wishType, wish('new', 1));
    await until(() => store.find('tenant/new') !== undefined);
    expect(store.find('tenant/w7')).toBeUndefined();
    expect(store.find('tenant/w8')?.spec.number).toBe(999);
    expect(server.requests).toHaveLength(4);
    await end();
    expect(cluster.clock.timers).toBe(0);
  });

  it.each([
    [true, 3],
    [undefined, 1],
  ])('takes a list in whole where its type says so, and else by page: %s', async (whole, pages) => {
    await using cluster = await scriptedCluster([wishType]);
    const { server } = cluster;
    for (let each = 0; each < 1_001; each += 1) server.api.create(wishType, wish(`w${each}`, each));
    const { store, end } = reflecting(cluster, undefined, { ...wishType, ...(whole && { whole }) });
    const listsWhenFirstHeard = new Promise<number>((resolve) => {
      store.listen(() => {
        resolve(server.count('list'));
      });
    });
    await store.untilSynced();
    expect(store.size).toBe(1_001);
    expect(await listsWhenFirstHeard).toBe(pages);
    await end();
  });

  it('keeps only what it selects', async () => {
    await using cluster = await scriptedCluster([wishType]);
    cluster.server.api.create(wishType, wish('a', 1));
    const { store, end } = reflecting(cluster, { namespace: 'other' });
    await store.untilSynced();
    expect(store.size).toBe(0);
    await end();
  });

  it('does not mind events told twice, of objects unknown or gone, or of objects in another order', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server } = cluster;
    const { store, end } = reflecting(cluster);
    await watched(cluster);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => server.api.create(wishType, wish(name, 1)));
    const changes: string[] = [];
    await until(() => store.size === 3);
    store.listen(({ key, after }) => changes.push(`${key} ${after === undefined ? 'gone' : 'there'}`));
    for (const object of [c, a, b, a, c]) {
      if (object !== undefined) server.watches.send({ type: 'added', object });
    }
    const d = server.api.create(wishType, wish('d', 1));
    server.api.delete(wishType, d);
    server.watches.send({ type: 'deleted', object: d });
    const unknown = { ...d, metadata: { ...d.metadata, name: 'e' } };
    server.watches.send({ type: 'modified', object: unknown });
    await until(() => names(store).includes('e'));
    expect(changes).toEqual(['tenant/d there', 'tenant/d gone', 'tenant/e there']);
    expect(names(store)).toEqual(['a', 'b', 'c', 'e']);
    await end();
  });

  it('goes on from the last bookmark when the server ends a watch in the ordinary way, and lists nothing anew', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    const { store, told, end } = reflecting(cluster);
    await watched(cluster);
    server.api.create(wishType, wish('a', 1));
    await until(() => store.size === 1);
    clock.advance(100_000);
    server.api.log.next();
    server.bookmark();
    await until(() => store.heardAt === 100_000);
    server.watches.end();
    await until(() => server.count('watch') === 2);
    expect(server.requests.map(({ verb, query }) => `${verb} ${query.get('resourceVersion') ?? ''}`)).toEqual(
      ['list ', 'watch 0', 'watch 2'],
    );
    expect(told).toEqual(['listed ok', 'ended closed']);
    await end();
  });

  it('asks for watches that end between five and ten minutes, with bookmarks', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { end } = reflecting(cluster);
    await watched(cluster);
    const query = cluster.server.requests.at(-1)?.query;
    expect(query?.get('timeoutSeconds')).toBe('600');
    expect(query?.get('allowWatchBookmarks')).toBe('true');
    await end();
  });

  it('derives what was deleted while its version was too old', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    const [a] = ['a', 'b'].map((name) => server.api.create(wishType, wish(name, 1)));
    const { store, told, end } = reflecting(cluster);
    await watched(cluster);
    const gone: string[] = [];
    store.listen(({ key, after }) => {
      if (after === undefined) gone.push(key);
    });
    server.watches.muted = true;
    server.api.delete(wishType, a ?? expect.unreachable());
    server.compact();
    server.watches.muted = false;
    clock.advance(40_000);
    server.watches.end();
    await until(() => told.includes('ended expired'));
    clock.advance(1_000);
    await watched(cluster, 3);
    expect(gone).toEqual(['tenant/a']);
    expect(told).toEqual(['listed ok', 'ended closed', 'ended expired', 'listed ok']);
    expect([server.count('list'), server.count('watch')]).toEqual([2, 3]);
    await end();
  });

  it('begins a list anew of which a page was too old, and has missed nothing', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    for (let each = 0; each < 600; each += 1) server.api.create(wishType, wish(`w${each}`, each));
    const page = Promise.withResolvers<undefined>();
    server.fail({ verb: 'list', with: Promise.resolve() });
    server.fail({ verb: 'list', with: page.promise.then(() => undefined) });
    const { store, told, end } = reflecting(cluster);
    await until(() => server.count('list') === 2);
    expect(store.synced).toBe(false);
    server.compact();
    page.resolve(undefined);
    await until(() => told.includes('listed failed'));
    clock.advance(1_000);
    await store.untilSynced();
    expect(store.size).toBe(600);
    expect(server.count('list')).toBe(4);
    await end();
  });

  it('stops at once when it is told to, whatever it is doing', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    server.fail({ verb: 'list', with: 'silence' });
    const listing = reflecting(cluster);
    await until(() => server.count('list') === 1);
    await listing.end();
    server.fail({ verb: 'list', with: 500 });
    const waiting = reflecting(cluster);
    await until(() => waiting.told.length === 1);
    await waiting.end();
    expect(server.count('list')).toBe(2);
    expect(clock.timers).toBe(0);
  });
});

/** What a server does wrong, and what three tries of a reflector ask of it meanwhile. */
interface FaultCase {
  readonly name: string;
  readonly fault: Fault;
  /** Waits after the first and the second failure, in milliseconds: the longest there may be. */
  readonly waits?: readonly [number, number];
  readonly requests: { readonly list: number; readonly watch: number };
}

const FAULTS: readonly FaultCase[] = [
  {
    name: 'ends each watch at once',
    fault: { verb: 'watch', with: { body: '' } },
    requests: { list: 1, watch: 3 },
  },
  {
    name: 'says 410 to each watch',
    fault: { verb: 'watch', with: 410, reason: 'Expired' },
    requests: { list: 3, watch: 3 },
  },
  { name: 'says 500 to each watch', fault: { verb: 'watch', with: 500 }, requests: { list: 1, watch: 3 } },
  { name: 'breaks each watch off', fault: { verb: 'watch', with: 'break' }, requests: { list: 1, watch: 3 } },
  {
    name: 'tells half an event and no more',
    fault: { verb: 'watch', with: { body: '{"type":"ADDED","obj' } },
    requests: { list: 1, watch: 3 },
  },
  { name: 'says 500 to each list', fault: { verb: 'list', with: 500 }, requests: { list: 3, watch: 0 } },
  {
    name: 'says 429 to each list and asks for five seconds',
    fault: { verb: 'list', with: 429, retryAfter: 5 },
    waits: [5_000, 5_000],
    requests: { list: 3, watch: 0 },
  },
  {
    name: 'answers with something else',
    fault: { with: { body: '<html>' } },
    requests: { list: 3, watch: 0 },
  },
];

describe('a reflector whose server', () => {
  it.each(FAULTS)('$name asks it as often as it backs off, and goes on once it is well', async (given) => {
    const { fault, requests, waits = [1_000, 2_000] } = given;
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    const cure = server.fail({ ...fault, times: Infinity });
    const { store, told, end } = reflecting(cluster);
    const failed = (times: number): Promise<void> =>
      until(() => told.filter((each) => each !== 'listed ok').length === times);

    for (const [before, wait] of waits.entries()) {
      await failed(before + 1);
      // One moment less than it waits, and nothing is due.
      clock.advance(Math.floor(wait * 0.999));
      expect(clock.timers).toBe(1);
      clock.advance(wait - Math.floor(wait * 0.999));
    }
    await failed(3);
    expect([server.count('list'), server.count('watch')]).toEqual([requests.list, requests.watch]);

    cure();
    server.api.create(wishType, wish('after', 1));
    clock.advance(10_000);
    await until(() => store.find('tenant/after') !== undefined);
    // Three failures are an outage, after which nothing that was known before is relied on.
    expect(server.count('list')).toBe(requests.list + 1);
    await end();
    expect(clock.timers).toBe(0);
  });

  it('falls silent gives the connection up at the idle limit, and watches on from where it was', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    const { store, told, end } = reflecting(cluster);
    await watched(cluster);
    server.watches.muted = true;
    server.api.create(wishType, wish('unheard', 1));
    clock.advance(150_000);
    await until(() => told.includes('ended silent'));
    server.watches.muted = false;
    clock.advance(1_000);
    await until(() => store.find('tenant/unheard') !== undefined);
    expect([server.count('list'), server.count('watch')]).toEqual([1, 2]);
    await end();
  });

  it('breaks every connection off once is watched on from where it was, without a list', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    const { store, told, end } = reflecting(cluster);
    await watched(cluster);
    server.breakOff();
    await until(() => told.includes('ended error'));
    server.api.create(wishType, wish('missed', 1));
    clock.advance(1_000);
    await until(() => store.find('tenant/missed') !== undefined);
    expect([server.count('list'), server.count('watch')]).toEqual([1, 2]);
    await end();
  });
});
