import { describe, expect, it } from 'vitest';
import { silentLogger } from '../logs/logger.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Candidate } from './candidate.ts';
import type { Leadership } from './leadership.ts';
import { LeadershipLostError } from './term.ts';
import { LeaseServer, type Journey } from './testing/lease-server.ts';
import { LocalClock } from './testing/local-clock.ts';

const LEASE = 'zaibei-system/zaibei-operator';

/** A candidate on a machine of its own, and what became of it. */
interface Participant {
  readonly candidate: Candidate;
  readonly clock: LocalClock;
  readonly stop: AbortController;
  journey: Journey;
  leadership?: Leadership | undefined;
}

function participant(world: ManualClock, server: LeaseServer, identity: string): Participant {
  const clock = new LocalClock(world);
  const participant: Participant = {
    clock,
    stop: new AbortController(),
    journey: { there: 1, back: 1 },
    candidate: new Candidate({
      client: server.reachedBy(clock, () => participant.journey),
      clock,
      log: silentLogger,
      lease: LEASE,
      identity,
      random: () => 0.5,
    }),
  };
  void participant.candidate.stand(participant.stop.signal).then((leadership) => {
    participant.leadership = leadership;
  });
  return participant;
}

/** A leader and a standby that has seen it. */
async function leaderAndStandby() {
  const world = new ManualClock();
  const server = new LeaseServer(world);
  const leader = participant(world, server, 'a');
  await world.pass(100);
  const standby = participant(world, server, 'b');
  await world.pass(100);
  expect([leader.candidate.leading, standby.candidate.leading]).toEqual([true, false]);
  return { world, server, leader, standby };
}

const GONE: Journey = { there: 0, back: 0, lost: 'request' };

describe('an election', () => {
  it('makes the first who asks the leader, who stays it while it renews', async () => {
    const { world, server, leader, standby } = await leaderAndStandby();
    await world.pass(3_600_000);
    expect([leader.candidate.leading, standby.candidate.leading]).toEqual([true, false]);
    expect(standby.candidate.holder).toBe('a');
    expect(server.lease?.spec?.leaseTransitions).toBe(0);
  });

  it('costs the API server one write of the leader and one read of each standby per two seconds or so', async () => {
    const { world, server } = await leaderAndStandby();
    const before = server.requests;
    await world.pass(60_000);
    expect(server.requests - before).toBeLessThanOrEqual(60);
  });

  it('replaces a leader that was killed within twenty seconds', async () => {
    const { world, server, leader, standby } = await leaderAndStandby();
    await world.pass(30_000);
    // Killed: nothing of it runs any more, and nothing is said.
    leader.clock.block(3_600_000);
    await world.pass(14_000);
    expect(standby.candidate.leading).toBe(false);
    await world.pass(6_000);
    expect(standby.candidate.leading).toBe(true);
    expect(server.lease?.spec).toMatchObject({ holderIdentity: 'b', leaseTransitions: 1 });
  });

  it('passes on at the next look what the leader gave back', async () => {
    const { world, server, leader, standby } = await leaderAndStandby();
    const released = leader.leadership?.release();
    await world.pass(2_600);
    await released;
    expect(leader.candidate.leading).toBe(false);
    expect(standby.candidate.leading).toBe(true);
    expect(server.lease?.spec?.leaseTransitions).toBe(1);
  });

  it('ends standing when it is told to', async () => {
    const { world, standby } = await leaderAndStandby();
    standby.stop.abort();
    await world.pass(60_000);
    expect(standby.leadership).toBeUndefined();
    expect(standby.candidate.leading).toBe(false);
  });

  it('judges by what it sees change, whatever the clock of the leader says', async () => {
    const { world, leader, standby } = await leaderAndStandby();
    world.setWallClock(-86_400_000);
    await world.pass(120_000);
    expect([leader.candidate.leading, standby.candidate.leading]).toEqual([true, false]);
  });
});

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
