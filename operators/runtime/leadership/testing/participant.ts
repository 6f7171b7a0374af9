import { silentLogger } from '../../logs/logger.ts';
import { ManualClock } from '../../testing/manual-clock.ts';
import { Candidate } from '../candidate.ts';
import type { Leadership } from '../leadership.ts';
import { LeaseServer, type Journey } from './lease-server.ts';
import { LocalClock } from './local-clock.ts';

const LEASE = 'zaibei-system/zaibei-operator';

/** A candidate on a machine of its own, and what became of it. */
export interface Participant {
  readonly candidate: Candidate;
  readonly clock: LocalClock;
  readonly stop: AbortController;
  journey: Journey;
  leadership?: Leadership | undefined;
}

/** Starts one, which stands at once. */
export function participant(world: ManualClock, server: LeaseServer, identity: string): Participant {
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
export async function leaderAndStandby() {
  const world = new ManualClock();
  const server = new LeaseServer(world);
  const leader = participant(world, server, 'a');
  await world.pass(100);
  const standby = participant(world, server, 'b');
  await world.pass(100);
  if (!leader.candidate.leading || standby.candidate.leading)
    throw new Error('the first has not become the leader');
  return { world, server, leader, standby };
}

/** A request that never arrives. */
export const GONE: Journey = { there: 0, back: 0, lost: 'request' };
