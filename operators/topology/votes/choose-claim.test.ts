import { describe, expect, it } from 'vitest';
import { claimExample, ELECTORATE, NOON, voteExample } from '../testing/ballots.ts';
import type { ClaimOnBallot } from './ballot.ts';
import { chooseClaim, TURN, type Choice, type ChoosingVoter } from './choose-claim.ts';

function choose(claims: readonly ClaimOnBallot[], voter: Partial<ChoosingVoter> = {}): Choice {
  const { votes = [] } = voter;
  return chooseClaim({
    centre: 'remote-dr',
    electorate: ELECTORATE,
    knowsGroup: true,
    votes,
    held: Math.max(1, ...votes.map(({ spec }) => spec.epoch)),
    asking: claims.map((claim) => ({ claim, readFrom: claim.spec.claimant })),
    sinceLastVote: Infinity,
    now: NOON,
    ...voter,
  });
}

/** Claimant and epoch of the claim that gets the vote. */
function chosen(...call: Parameters<typeof choose>): string | undefined {
  const { vote } = choose(...call);
  return vote && `${vote.claimant} ${vote.epoch}`;
}

const LATE = new Date(NOON - 1).toISOString();

describe('of the claims on a subject', () => {
  it.each<[why: string, expected: string, claims: ClaimOnBallot[], voter?: Partial<ChoosingVoter>]>([
    [
      'the lowest is first',
      'production 2',
      [claimExample({ epoch: 3 }), claimExample({ claimant: 'production' })],
    ],
    [
      'one that can still be agreed is first',
      'local-dr 3',
      [claimExample({ epoch: 3 }), claimExample({ claimant: 'production', deadline: LATE })],
    ],
    ['one that is late gets a vote too', 'local-dr 2', [claimExample({ deadline: LATE })]],
    [
      'that of whoever had the last vote is last',
      'local-dr 5',
      [claimExample({ epoch: 4, claimant: 'production' }), claimExample({ epoch: 5 })],
      { votes: [voteExample({ epoch: 2 }), voteExample({ epoch: 3, claimant: 'production' })] },
    ],
  ])('%s', (_why, expected, claims, voter) => {
    expect(chosen(claims, voter)).toBe(expected);
    expect(chosen(claims.toReversed(), voter)).toBe(expected);
  });

  it('the others are looked at again after a turn', () => {
    expect(choose([claimExample(), claimExample({ epoch: 3 })])).toMatchObject({ wait: TURN, refused: [] });
    expect(choose([claimExample()])).not.toHaveProperty('wait');
  });

  it('none gets a vote while the last one is recent', () => {
    expect(choose([claimExample()], { sinceLastVote: 4_000 })).toEqual({ refused: [], wait: TURN - 4_000 });
    expect(chosen([claimExample()], { sinceLastVote: TURN })).toBe('local-dr 2');
  });

  it('none gets a vote while one of the centre itself is open, but not for ever', () => {
    const own = claimExample({ claimant: 'remote-dr' });
    const claims = [own, claimExample({ epoch: 3 })];
    const voter = { votes: [voteExample({ claimant: 'remote-dr' })], sinceLastVote: TURN };
    expect(choose(claims, voter)).toEqual({ refused: [], wait: 30_000 });
    const clockSetBack = { ...voter, now: NOON - 3_600_000 };
    expect(choose(claims, clockSetBack)).toEqual({ refused: [], wait: 50_000 });
    expect(chosen([{ ...own, status: { outcome: 'Refused' } }, ...claims.slice(1)], voter)).toBe(
      'local-dr 3',
    );
    expect(chosen(claims, { ...voter, sinceLastVote: 60_000 })).toBe('local-dr 3');
  });

  it('those that get none are told with the reason', () => {
    const { refused } = choose([claimExample({ epoch: 1 })]);
    expect(refused).toMatchObject([{ readFrom: 'local-dr', refusal: { reason: 'EpochPassed' } }]);
  });
});
