import { describe, expect, it } from 'vitest';
import type { Live } from '../runtime/index.ts';
import { TestOperator } from '../runtime/testing/test-operator.ts';
import type { Claim } from '../api/index.ts';
import { castVotes, VOTES } from './cast-vote.ts';
import { claimExample, ELECTORATE, NOON } from './testing/ballots.ts';
import { voteType } from './votes/ballot-types.ts';

describe('a claimant that never comes to an end', () => {
  it('gets as many votes as all groups together may need, and then a trickle; another is not kept waiting', async () => {
    const { dependencies, clock, server } = new TestOperator({ centre: 'remote-dr' });
    const centre = 'remote-dr';
    const voter = { centre, electorate: ELECTORATE, knowsGroup: true, votes: [], placedEpoch: 1, now: NOON };
    const castVote = castVotes(dependencies.client, { voter: () => voter }, clock);
    let epoch = 1;
    const ask = async (claimant: string): Promise<string> => {
      epoch += 1;
      const claim = claimExample({ epoch, claimant }) as Live<Claim>; // its version is nobody's business here
      const judgement = await castVote(claim, claimant, NOON, new AbortController().signal);
      return judgement.answer === 'refuse' ? judgement.reason : judgement.answer;
    };
    for (let count = 0; count < VOTES.burst; count += 1) expect(await ask('production')).toBe('grant');
    expect(await ask('production')).toBe('TooMany');
    expect(await ask('local-dr')).toBe('grant');
    expect(server.list(voteType)).toHaveLength(VOTES.burst + 1);
    await clock.pass(1_000 / VOTES.perSecond);
    expect(await ask('production')).toBe('grant');
    expect(await ask('production')).toBe('TooMany');
  });
});
