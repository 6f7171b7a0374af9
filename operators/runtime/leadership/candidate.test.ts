import { describe, expect, it } from 'vitest';
import { leaderAndStandby } from './testing/participant.ts';

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
