import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimExample, ELECTORATE, NOON, voteExample } from '../testing/ballots.ts';
import type { VoteOnBallot } from './ballot.ts';
import { countVotes, type VoterRecord } from './count-votes.ts';
import { quorumOf } from './electorate.ts';

type Answers = Readonly<Record<string, readonly VoteOnBallot[]>>;

function records(votes: Answers, placed: Readonly<Record<string, number>> = {}): VoterRecord[] {
  return ELECTORATE.map((centre) => {
    return { centre, votes: votes[centre] ?? [], placedEpoch: placed[centre] ?? 1 };
  });
}

const from = (voter: string, vote: Partial<VoteOnBallot['spec']> = {}): VoteOnBallot[] => [
  voteExample({ voter, ...vote }),
];

describe('a claim', () => {
  it.each<[why: string, outcome: string | undefined, votes: Answers, placed?: Record<string, number>]>([
    ['its own vote is not enough', undefined, { 'local-dr': from('local-dr') }],
    ['two of three', 'Agreed', { 'local-dr': from('local-dr'), 'remote-dr': from('remote-dr') }],
    [
      'two of three, not its own',
      'Agreed',
      { production: from('production'), 'remote-dr': from('remote-dr') },
    ],
    ['one refused', undefined, { production: from('production', { claimant: 'remote-dr' }) }],
    [
      'two refused',
      'Refused',
      {
        production: from('production', { claimant: 'production' }),
        'remote-dr': from('remote-dr', { claimant: 'production' }),
      },
    ],
    ['two have placed it', 'Refused', {}, { production: 2, 'remote-dr': 3 }],
    [
      'a vote that a later one of its centre outdates',
      undefined,
      {
        'local-dr': from('local-dr'),
        'remote-dr': [...from('remote-dr'), ...from('remote-dr', { epoch: 3 })],
      },
    ],
    [
      'a vote that stands in another’s API',
      undefined,
      { 'local-dr': from('local-dr'), 'remote-dr': from('local-dr') },
    ],
    [
      'a vote under another name',
      undefined,
      {
        'local-dr': from('local-dr'),
        'remote-dr': [{ ...voteExample(), metadata: { name: 'vote' } }],
      },
    ],
    [
      'a vote for something else of the same claimant',
      undefined,
      {
        'local-dr': from('local-dr'),
        'remote-dr': from('remote-dr', { digest: claimExample({ claimant: 'production' }).spec.digest }),
      },
    ],
  ])('with %s: %s', (_why, outcome, votes, placed) => {
    expect(countVotes(claimExample(), records(votes, placed), NOON).outcome).toBe(outcome);
  });

  it('tells who has answered what', () => {
    const votes = {
      'local-dr': from('local-dr'),
      production: from('production', { claimant: 'production' }),
    };
    expect(countVotes(claimExample(), records(votes), NOON)).toEqual({
      quorum: 2,
      outcome: undefined,
      answers: [
        { centre: 'production', answer: 'refused', reason: 'has voted for production at epoch 2' },
        { centre: 'local-dr', answer: 'granted' },
        { centre: 'remote-dr', answer: 'unknown' },
      ],
    });
  });

  it('expires at its deadline, also if the votes are there: they were read too late', () => {
    const votes = { 'local-dr': from('local-dr'), 'remote-dr': from('remote-dr') };
    const { deadline } = claimExample().spec;
    expect(countVotes(claimExample(), records(votes), Date.parse(deadline) - 1).outcome).toBe('Agreed');
    expect(countVotes(claimExample(), records(votes), Date.parse(deadline)).outcome).toBe('Expired');
    expect(countVotes(claimExample(), records({}), Date.parse(deadline)).outcome).toBe('Expired');
  });

  it('keeps the outcome that it has', () => {
    const agreed = { ...claimExample(), status: { outcome: 'Agreed' as const } };
    expect(countVotes(agreed, records({}), NOON + 86_400_000).outcome).toBe('Agreed');
  });
});

describe('a quorum', () => {
  it('shares a voter with every other, also before and after one centre has come or gone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), (voters) => {
        expect(2 * quorumOf(voters)).toBeGreaterThan(voters);
        expect(quorumOf(voters) + quorumOf(voters + 1)).toBeGreaterThan(voters + 1);
        expect(quorumOf(voters)).toBeLessThanOrEqual(voters);
      }),
    );
  });
});
