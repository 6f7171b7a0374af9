import { describe, expect, it } from 'vitest';
import { TestOperator } from '../runtime/testing/test-operator.ts';
import { castVotes, VOTES } from './cast-vote.ts';
import { claimExample, ELECTORATE, NOON } from './testing/ballots.ts';
import { voteType } from './votes/ballot-types.ts';
import { TURN } from './votes/choose-claim.ts';

describe('a claimant that never comes to an end', () => {
  it('gets as many votes as all groups together may need, and then a trickle; another is not kept waiting', async () => {
    const { dependencies, clock, server } = new TestOperator({ centre: 'remote-dr' });
    let claimants: readonly string[] = [];
    const voter = (subject: string) => ({
      centre: 'remote-dr',
      electorate: ELECTORATE,
      knowsGroup: true,
      votes: [],
      held: 1,
      asking: claimants.map((claimant) => ({
        claim: claimExample({ subject, claimant }),
        readFrom: claimant,
      })),
      now: NOON,
    });
    const castVote = castVotes(dependencies.client, { voter }, clock);
    let subjects = 0;
    const ask = async (...asking: readonly string[]): Promise<string | undefined> => {
      subjects += 1;
      claimants = asking;
      const { vote } = await castVote(`placement/many/group-${subjects}`, NOON, new AbortController().signal);
      return vote?.claimant;
    };
    for (let count = 0; count < VOTES.burst; count += 1) expect(await ask('production')).toBe('production');
    expect(await ask('production')).toBeUndefined();
    expect(await ask('production', 'local-dr')).toBe('local-dr');
    expect(await ask('remote-dr')).toBe('remote-dr');
    expect(server.list(voteType)).toHaveLength(VOTES.burst + 2);
    await clock.pass(1_000 / VOTES.perSecond);
    expect(await ask('production')).toBe('production');
    expect(await ask('production')).toBeUndefined();
  });

  it('gets one vote on a subject at a time', async () => {
    const { dependencies, clock } = new TestOperator({ centre: 'remote-dr' });
    let epoch = 1;
    const voter = () => {
      epoch += 1;
      const claim = claimExample({ epoch, claimant: 'production' });
      const base = {
        centre: 'remote-dr',
        electorate: ELECTORATE,
        knowsGroup: true,
        votes: [],
        held: epoch - 1,
        now: NOON,
      };
      return { ...base, asking: [{ claim, readFrom: 'production' }] };
    };
    const castVote = castVotes(dependencies.client, { voter }, clock);
    const { signal } = new AbortController();
    const subject = claimExample().spec.subject;
    expect((await castVote(subject, NOON, signal)).vote?.epoch).toBe(2);
    expect(await castVote(subject, NOON, signal)).toMatchObject({ wait: TURN });
    await clock.pass(TURN);
    expect((await castVote(subject, NOON, signal)).vote?.epoch).toBe(4);
  });
});
