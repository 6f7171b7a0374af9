import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { LeadershipLostError } from './term.ts';
import { LeaseServer } from './testing/lease-server.ts';
import { GONE, leaderAndStandby, participant } from './testing/participant.ts';

describe('a leader', () => {
  it('stops ten seconds after it last could renew, before anybody else may begin', async () => {
    const { world, leader, standby } = await leaderAndStandby();
    leader.journey = GONE;
    await world.pass(9_000);
    expect(leader.leadership?.signal.aborted).toBe(false);
    await world.pass(1_200);
    expect(leader.leadership?.signal.reason).toBeInstanceOf(LeadershipLostError);
    expect([leader.candidate.leading, standby.candidate.leading]).toEqual([false, false]);
  });

  it('counts from when it asked to renew, not from when it was told that it has', async () => {
    const { world, leader } = await leaderAndStandby();
    // Sent two seconds after the lease was taken, answered four seconds later; after that, nothing arrives.
    leader.journey = { there: 1, back: 4_000 };
    await world.pass(1_850);
    leader.journey = GONE;
    await world.pass(9_900);
    expect(leader.candidate.leading).toBe(true);
    await world.pass(100);
    expect(leader.candidate.leading).toBe(false);
  });

  it('survives an API server that is away for less than that', async () => {
    const { world, server, leader, standby } = await leaderAndStandby();
    [leader.journey, standby.journey] = [GONE, GONE];
    await world.pass(6_500);
    [leader.journey, standby.journey] = [
      { there: 1, back: 1 },
      { there: 1, back: 1 },
    ];
    await world.pass(60_000);
    expect(leader.candidate.leading).toBe(true);
    expect(server.lease?.spec?.leaseTransitions).toBe(0);
  });

  it('counts the lease as lost after a block of its event loop, though the answer to its renewal is there', async () => {
    const { world, leader } = await leaderAndStandby();
    // The next renewal is on its way when the block begins, and its answer waits when it ends.
    leader.journey = { there: 500, back: 500 };
    await world.pass(1_950);
    leader.clock.block(11_000);
    await world.pass(11_100);
    expect(leader.candidate.leading).toBe(false);
    expect(String(leader.leadership?.signal.reason)).toContain('blocked');
    await world.pass(60_000);
    expect(leader.candidate.leading).toBe(false);
  });

  it('stops when its machine was suspended, which only the wall clock tells', async () => {
    const { world, leader } = await leaderAndStandby();
    world.setWallClock(60_000);
    expect(leader.candidate.leading).toBe(false);
  });

  it('stops at once when it reads that another holds the lease', async () => {
    const { world, server, leader } = await leaderAndStandby();
    const { lease } = server;
    if (lease === undefined) throw new Error('no lease');
    server.lease = {
      ...lease,
      metadata: { ...lease.metadata, resourceVersion: 'by hand' },
      spec: { ...lease.spec, holderIdentity: 'somebody' },
    };
    await world.pass(2_500);
    expect(String(leader.leadership?.signal.reason)).toContain('somebody holds the lease');
  });

  it('goes on when somebody only annotated the lease, or deleted it', async () => {
    const { world, server, leader, standby } = await leaderAndStandby();
    const { lease } = server;
    if (lease === undefined) throw new Error('no lease');
    server.lease = { ...lease, metadata: { ...lease.metadata, resourceVersion: 'by hand' } };
    await world.pass(5_000);
    server.lease = undefined;
    await world.pass(5_000);
    expect([leader.candidate.leading, standby.candidate.leading]).toEqual([true, false]);
  });

  it('goes on when the answer to a renewal that was stored is lost', async () => {
    const { world, server, leader } = await leaderAndStandby();
    leader.journey = { there: 1, back: 1, lost: 'answer' };
    await world.pass(2_500);
    leader.journey = { there: 1, back: 1 };
    await world.pass(60_000);
    expect(leader.candidate.leading).toBe(true);
    expect(server.lease?.spec?.leaseTransitions).toBe(0);
  });

  it('leaves no timer behind when it stepped down', async () => {
    const world = new ManualClock();
    const leader = participant(world, new LeaseServer(world), 'a');
    await world.pass(10_000);
    const released = leader.leadership?.release();
    await world.pass(100);
    await released;
    expect(world.timers).toBe(0);
  });
});
