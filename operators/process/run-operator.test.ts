import { describe, expect, it } from 'vitest';
import { EXIT, leaseType, NotLeadingError } from '../runtime/index.ts';
import { TOPOLOGY, topologies } from './testing/example-topology.ts';
import { centre, datasets, journalOf, passUntil, startReplica } from './testing/replica.ts';

/** The lease of the centre's operator. */
const LEASE = 'zaibei-system/zaibei-operator';
describe('the life of an operator', () => {
  it('reads, leads, works, and when told to stop ends its work before it gives the lease back', async () => {
    await using scripted = await centre();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const { told, ended, stop } = startReplica(scripted);
    await passUntil(scripted, () => told.includes('begins'));
    expect(told).toEqual(['begins']);
    await passUntil(scripted, () => journalOf(scripted).records.length > 0);

    const holder = () => scripted.server.api.find(leaseType, LEASE)?.['spec'];
    expect(holder()).toMatchObject({ holderIdentity: expect.stringMatching(/^operator-0_/) as string });
    stop.abort();
    await passUntil(scripted, () => holder() === undefined || !('holderIdentity' in Object(holder())));
    expect(told).toEqual(['begins', 'ends']);
    expect(await ended).toBe(EXIT.stopped);
  });

  it('keeps a standby reading and not working, and lets it write nothing', async () => {
    await using scripted = await centre();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const leader = startReplica(scripted);
    await passUntil(scripted, () => leader.told.includes('begins'));
    const standby = startReplica(scripted, { pod: 'operator-1' });
    await passUntil(scripted, () => standby.dependencies.readers.of(datasets).synced);
    await scripted.clock.pass(20_000);
    expect(standby.told).toEqual([]);
    const write = standby.dependencies.client.create(datasets, TOPOLOGY);
    await expect(write).rejects.toThrow(NotLeadingError);
    await expect(
      standby.dependencies.journal.append({ kind: 'vote', actor: 'pod/operator-1', body: {} }),
    ).rejects.toThrow(NotLeadingError);

    // The leader steps down, and the standby takes its place: two terms, two records.
    leader.stop.abort();
    await passUntil(scripted, () => standby.told.includes('begins'));
    await passUntil(scripted, () => journalOf(scripted).records.length === 2);
    expect(journalOf(scripted).records.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['leader-change', 'pod/operator-0'],
      ['leader-change', 'pod/operator-1'],
    ]);
    standby.stop.abort();
    await passUntil(scripted, () => standby.told.includes('ends'));
    await Promise.all([leader.ended, standby.ended]);
  });

  it('ends with a code of its own when it loses the lead', async () => {
    await using scripted = await centre();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const { told, ended } = startReplica(scripted);
    await passUntil(scripted, () => told.includes('begins'));
    scripted.server.fail({ with: 503, times: Infinity });
    await passUntil(scripted, () => told.includes('ends'));
    expect(await ended).toBe(EXIT.leadershipLost);
  });

  it('ends by the error of a module that ends by itself', async () => {
    await using scripted = await centre();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    await expect(startReplica(scripted, { defect: true }).ended).rejects.toThrow('thrown by a module');
  });
});
