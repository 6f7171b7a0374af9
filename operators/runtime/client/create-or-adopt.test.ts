import { describe, expect, it } from 'vitest';
import type { NewObject } from '../objects/api-object.ts';
import { scriptedCluster } from '../testing/scripted-cluster.ts';
import { wish, wishType } from '../testing/wish-kind.ts';
import { createOrAdopt, StrangerError } from './create-or-adopt.ts';

/** A child as a controller makes it: owned by the object of that uid, labelled with that run. */
function child(ownerUid: string | undefined, run?: string): NewObject {
  const owner = { apiVersion: 'v1', kind: 'Owner', name: 'owner', uid: ownerUid ?? '' };
  const owners = ownerUid === undefined ? {} : { ownerReferences: [owner] };
  const labels = run === undefined ? {} : { labels: { 'zaibei.io/run': run } };
  const { metadata, ...rest } = wish('orders-20261123t0400', 1);
  return { ...rest, metadata: { ...metadata, ...owners, ...labels } };
}

describe('a child whose name says what it is for', () => {
  it('is created where the name is free', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { object, created } = await createOrAdopt(cluster.client, wishType, child('u1'));
    expect(created).toBe(true);
    expect(object.metadata.name).toBe('orders-20261123t0400');
  });

  it.each([
    { by: 'its owner', present: child('u1', 'x'), wanted: child('u1', 'y'), label: undefined },
    { by: 'its label', present: child('u1', 'x'), wanted: child('u2', 'x'), label: 'zaibei.io/run' },
  ])('is adopted as it is when it is there and ours by $by', async ({ present, wanted, label }) => {
    await using cluster = await scriptedCluster([wishType]);
    const first = await createOrAdopt(cluster.client, wishType, present);
    const { object, created } = await createOrAdopt(cluster.client, wishType, wanted, { label });
    expect({ object, created }).toEqual({ object: first.object, created: false });
  });

  it('is found again after an answer that was lost', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server } = cluster;
    const made = server.api.create(wishType, child('u1'));
    const { object } = await createOrAdopt(client, wishType, child('u1'));
    expect(object.metadata.uid).toBe(made.metadata.uid);
    expect(server.requests.map(({ verb }) => verb)).toEqual(['create', 'get']);
  });

  it.each([
    { whose: 'another owner', present: child('u2', 'x'), label: undefined },
    { whose: 'nobody', present: child(undefined), label: 'zaibei.io/run' },
    { whose: 'another run', present: child('u2', 'y'), label: 'zaibei.io/run' },
  ])('is refused when what has its name is of $whose, and that is left alone', async ({ present, label }) => {
    await using cluster = await scriptedCluster([wishType]);
    const stranger = cluster.server.api.create(wishType, present);
    const adopted = createOrAdopt(cluster.client, wishType, child('u1', 'x'), { label });
    await expect(adopted).rejects.toThrow(StrangerError);
    await expect(adopted).rejects.toThrow('Wish tenant/orders-20261123t0400 is there already');
    expect(cluster.server.api.find(wishType, 'tenant/orders-20261123t0400')).toBe(stranger);
  });

  it('is created when what had its name goes meanwhile; twice in a row is for the back-off', async () => {
    await using cluster = await scriptedCluster([wishType]);
    const { client, server } = cluster;
    server.fail({ verb: 'create', with: 409, reason: 'AlreadyExists' });
    expect((await createOrAdopt(client, wishType, child('u1'))).created).toBe(true);
    server.api.delete(wishType, server.api.list(wishType)[0] ?? expect.unreachable());
    server.fail({ verb: 'create', with: 409, reason: 'AlreadyExists', times: 9 });
    await expect(createOrAdopt(client, wishType, child('u1'))).rejects.toMatchObject({
      reason: 'AlreadyExists',
    });
    expect(server.count('create')).toBe(4);
  });
});
