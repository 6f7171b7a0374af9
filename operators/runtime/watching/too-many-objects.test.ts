import { describe, expect, it } from 'vitest';
import { reflecting, watched } from '../testing/reflecting.ts';
import { scriptedCluster } from '../testing/scripted-cluster.ts';
import { until } from '../testing/until.ts';
import { wish, wishType } from '../testing/wish-kind.ts';

describe('a reflector that takes in three objects at most', () => {
  it('knows all there is while it is no more', async () => {
    await using cluster = await scriptedCluster([wishType]);
    for (const name of ['a', 'b', 'c']) cluster.server.api.create(wishType, wish(name, 1));
    const { store, end } = reflecting(cluster, undefined, wishType, 3);
    await store.untilSynced();
    expect(store.size).toBe(3);
    await end();
  });

  it('takes no more from a watch, and says that what it knows is old; what it knows still changes', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    for (const name of ['a', 'b', 'c']) server.api.create(wishType, wish(name, 1));
    const { store, told, end } = reflecting(cluster, undefined, wishType, 3);
    await watched(cluster);
    server.api.apply(wishType, wish('a', 7), 'somebody');
    await until(() => store.find('tenant/a')?.spec.number === 7);
    const more = server.api.create(wishType, wish('d', 1));
    await until(() => told.includes('ended error'));
    expect(store.size).toBe(3);
    server.api.delete(wishType, more);
    server.api.delete(wishType, server.api.find(wishType, 'tenant/a') ?? expect.unreachable());
    await until(() => {
      clock.advance(1_000);
      return store.size === 2;
    });
    await end();
  });

  it('ends a list that says there are more, and holds no list for one', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { server, clock } = cluster;
    for (const name of ['a', 'b', 'c', 'd']) server.api.create(wishType, wish(name, 1));
    const { store, told, end } = reflecting(cluster, undefined, wishType, 3);
    await until(() => told.includes('listed failed'));
    expect(store.synced).toBe(false);
    server.api.delete(wishType, server.api.find(wishType, 'tenant/d') ?? expect.unreachable());
    await until(() => {
      clock.advance(1_000);
      return store.synced;
    });
    expect(store.size).toBe(3);
    await end();
  });
});
