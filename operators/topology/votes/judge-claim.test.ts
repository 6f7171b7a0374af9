import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimExample, ELECTORATE, NOON, voteExample } from '../testing/ballots.ts';
import type { ClaimOnBallot } from './ballot.ts';
import { DEADLINE_TOLERANCE, judgeClaim, type Judgement, type Voter } from './judge-claim.ts';

const DEADLINE = Date.parse(claimExample().spec.deadline);

const VOTER: Voter = {
  centre: 'remote-dr',
  electorate: ELECTORATE,
  knowsGroup: true,
  votes: [],
  held: 1,
  now: NOON,
};

function judge(claim: ClaimOnBallot, voter: Partial<Voter> = {}, readFrom = 'local-dr'): string {
  const judgement = judgeClaim({ claim, readFrom }, { ...VOTER, ...voter });
  return judgement.answer === 'refuse' ? judgement.reason : judgement.answer;
}

describe('a claim gets the vote of a centre', () => {
  it('at an epoch above the one that is placed, and the vote says for whom and for what', () => {
    const claim = claimExample();
    const { subject, epoch, claimant, digest } = claim.spec;
    const judgement: Judgement = judgeClaim({ claim, readFrom: 'local-dr' }, VOTER);
    const vote = { subject, epoch, claimant, digest, voter: 'remote-dr' };
    expect(judgement).toEqual({ answer: 'grant', vote });
  });

  it.each<[why: string, expected: string, claim: ClaimOnBallot, voter?: Partial<Voter>, readFrom?: string]>([
    ['once', 'standing', claimExample(), { votes: [voteExample()] }],
    ['at an epoch far above', 'grant', claimExample({ epoch: 1_000_000 }), { held: 7 }],
    ['its own claim too', 'grant', claimExample(), { centre: 'local-dr' }],
    ['with a slow clock', 'grant', claimExample(), { now: NOON - 86_400_000 }],
    ['with a fast clock', 'grant', claimExample(), { now: DEADLINE + DEADLINE_TOLERANCE }],
    ['not when left behind', 'DeadlinePassed', claimExample(), { now: DEADLINE + DEADLINE_TOLERANCE + 1 }],
    ['not at an epoch that is placed', 'EpochPassed', claimExample(), { held: 2 }],
    ['not below a vote', 'EpochPassed', claimExample(), { votes: [voteExample({ epoch: 3 })], held: 3 }],
    [
      'not beside another',
      'VotedOtherwise',
      claimExample(),
      { votes: [voteExample({ claimant: 'production' })] },
    ],
    [
      'not beside another claim of the same centre',
      'VotedOtherwise',
      claimExample(),
      { votes: [voteExample({ digest: claimExample({ claimant: 'production' }).spec.digest })] },
    ],
    ['not at an epoch that nobody can have come to', 'EpochTooFar', claimExample({ epoch: 2 ** 40 })],
    ['not about a group that it does not have', 'GroupUnknown', claimExample(), { knowsGroup: false }],
    ['not as a municipal centre', 'NoVoter', claimExample(), { centre: 'fuzhou' }],
    ['not for a municipal centre', 'NoVoter', claimExample({ claimant: 'fuzhou' }), {}, 'fuzhou'],
    ['not for a claim in another’s name', 'NotItsClaim', claimExample(), {}, 'production'],
    ['not under another name', 'Misnamed', { ...claimExample(), metadata: { name: 'takeover' } }],
    ['not when it has ended', 'Decided', { ...claimExample(), status: { outcome: 'Expired' } }],
  ])('%s: %s', (_why, expected, claim, voter, readFrom) => {
    expect(judge(claim, voter, readFrom)).toBe(expected);
  });

  it('whatever comes in whatever order: once for each epoch, and only ever upwards', () => {
    const claims = fc.record({
      claimant: fc.constantFrom(...ELECTORATE),
      epoch: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(claims, { maxLength: 20 }), fc.integer({ min: 0, max: 3 }), (asked, placed) => {
        const votes: Voter['votes'][number][] = [];
        let held = placed;
        for (const { claimant, epoch } of asked) {
          const asking = { claim: claimExample({ claimant, epoch }), readFrom: claimant };
          const judgement = judgeClaim(asking, { ...VOTER, votes, held });
          if (judgement.answer !== 'grant') continue;
          expect(epoch).toBeGreaterThan(held);
          held = epoch;
          votes.push(voteExample(judgement.vote));
        }
      }),
    );
  });
});
