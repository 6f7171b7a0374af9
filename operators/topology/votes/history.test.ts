import { describe, expect, it } from 'vitest';
import { claimExample, voteExample } from '../testing/ballots.ts';
import { passedClaims, passedVotes } from './history.ts';

const RECORDED = { record: 7 };

/** Recorded votes of remote-dr at some epochs. */
const votesAt = (...epochs: number[]) =>
  epochs.map((epoch) => ({ ...voteExample({ epoch }), status: RECORDED }));

/** Ended and recorded claims of local-dr at some epochs. */
const claimsAt = (...epochs: number[]) =>
  epochs.map((epoch) => ({
    ...claimExample({ epoch }),
    status: { outcome: 'Refused' as const, ...RECORDED },
  }));

const epochsOf = (ballots: readonly { readonly spec: { readonly epoch: number } }[]): number[] =>
  ballots.map(({ spec }) => spec.epoch);

describe('the votes that a centre may delete', () => {
  it('are those below the last few, whatever order they were cast in', () => {
    expect(epochsOf(passedVotes('remote-dr', votesAt(7, 5, 12, 9), 2))).toEqual([7, 5]);
  });

  it('are never the one of the highest epoch', () => {
    expect(passedVotes('remote-dr', votesAt(9), 1)).toEqual([]);
    expect(() => passedVotes('remote-dr', votesAt(9), 0)).toThrow('never forgotten');
  });

  it('are not those that the journal does not have', () => {
    const [old] = votesAt(5);
    const votes = [{ ...voteExample({ epoch: 6 }) }, old ?? expect.unreachable(), ...votesAt(9)];
    expect(epochsOf(passedVotes('remote-dr', votes, 1))).toEqual([5]);
  });

  it('are its own: what counts for nothing makes no room, and is left alone', () => {
    const stranger = { ...voteExample({ epoch: 90, voter: 'production' }), status: RECORDED };
    const misnamed = { ...voteExample({ epoch: 99 }), metadata: { name: 'made-by-hand' }, status: RECORDED };
    expect(epochsOf(passedVotes('remote-dr', [stranger, misnamed, ...votesAt(5, 9)], 1))).toEqual([5]);
  });
});

describe('the claims that a centre may delete', () => {
  it('are those below the last few that have ended and stand in the journal', () => {
    const open = claimExample({ epoch: 2 });
    const unrecorded = { ...claimExample({ epoch: 3 }), status: { outcome: 'Agreed' as const } };
    const claims = [open, unrecorded, ...claimsAt(4, 5, 6)];
    expect(epochsOf(passedClaims('local-dr', claims, 1))).toEqual([5, 4]);
    expect(passedClaims('production', claims, 1)).toEqual([]);
  });
});
