import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { fencedClient, NotLeadingError } from './fenced-client.ts';
import { leaseType } from './lease.ts';
import { LeaseServer } from './testing/lease-server.ts';

const LEASE = {
  apiVersion: leaseType.apiVersion,
  kind: leaseType.kind,
  metadata: { name: 'a', namespace: 'zaibei-system' },
};

describe('a fenced client', () => {
  it('reads always, and sends a write only while this process leads', async () => {
    const world = new ManualClock();
    const server = new LeaseServer(world);
    let leading = false;
    const client = fencedClient(
      server.reachedBy(world, () => ({ there: 0, back: 0 })),
      () => leading,
      world,
    );
    const writes = [
      () => client.create(leaseType, LEASE),
      () => client.apply(leaseType, LEASE, { fieldManager: 'zaibei-test' }),
      () => client.applyStatus(leaseType, { ...LEASE, status: {} }, { fieldManager: 'zaibei-test' }),
      () =>
        client.replace(leaseType, {
          ...LEASE,
          metadata: { ...LEASE.metadata, uid: 'u', resourceVersion: '1' },
        }),
      () =>
        client.delete(leaseType, {
          ...LEASE,
          metadata: { ...LEASE.metadata, uid: 'u', resourceVersion: '1' },
        }),
    ];
    for (const write of writes) await expect(write()).rejects.toThrow(NotLeadingError);
    expect(server.requests).toBe(0);

    const found = client.find(leaseType, 'zaibei-system/a');
    await world.pass(1);
    expect(await found).toBeUndefined();

    leading = true;
    const created = client.create(leaseType, LEASE);
    await world.pass(1);
    expect(await created).toMatchObject({ metadata: { name: 'a' } });
  });

  it('waits until a write that was given up cannot arrive any more, and for no other', async () => {
    const world = new ManualClock();
    const server = new LeaseServer(world);
    const journey = { there: 1, back: 1 };
    const client = fencedClient(
      server.reachedBy(world, () => journey),
      () => true,
      world,
    );
    const never = new AbortController().signal;
    let landed = false;
    const created = client.create(leaseType, LEASE);
    await world.pass(10);
    await created;
    await client.untilLanded(never);

    journey.there = 4_000;
    const stop = new AbortController();
    const givenUp = client.create(leaseType, LEASE, { signal: stop.signal });
    stop.abort();
    await expect(givenUp).rejects.toThrow('Aborted');
    void client.untilLanded(never).then(() => {
      landed = true;
    });
    await world.pass(4_999);
    expect({ landed, requests: server.requests }).toEqual({ landed: false, requests: 2 });
    await world.pass(1);
    expect(landed).toBe(true);
  });
});
