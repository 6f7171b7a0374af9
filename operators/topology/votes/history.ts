import type { Claim, Vote } from '../../api/index.ts';
import { isNamedByBallot, type ClaimOnBallot, type VoteOnBallot } from './ballot.ts';

/** So many claims of its own, and so many votes, a centre keeps of each subject, those of the highest epochs. */
export const BALLOT_HISTORY = 10;

/** A claim with what says that nothing is left to be done for it. */
type OldClaim = ClaimOnBallot & {
  readonly status?: Pick<NonNullable<Claim['status']>, 'record'> | undefined;
};

/** A vote with what says that nothing is left to be done for it. */
type OldVote = VoteOnBallot & { readonly status?: Pick<NonNullable<Vote['status']>, 'record'> | undefined };

/**
 * The claims of a centre on one subject that it may delete: none that is open, or is not in the journal yet.
 * @param keep at least 1, so that the next epoch is above all that were ever claimed
 */
export function passedClaims<C extends OldClaim>(centre: string, claims: readonly C[], keep: number): C[] {
  const own = claims.filter((claim) => isNamedByBallot(claim) && claim.spec.claimant === centre);
  return beyond(keep, own).filter(({ status }) => status?.outcome !== undefined && isRecorded(status));
}

/**
 * The votes of a centre on one subject that it may delete: none that is not in the journal yet. The one of the highest epoch
 * stays for ever, and that is what makes it safe: should the centre vote once more at an epoch that is free again, from an
 * operator that has slept, whoever reads that vote reads the higher one too, and does not count it.
 * @param keep at least 1
 */
export function passedVotes<V extends OldVote>(centre: string, votes: readonly V[], keep: number): V[] {
  const own = votes.filter((vote) => isNamedByBallot(vote) && vote.spec.voter === centre);
  return beyond(keep, own).filter(({ status }) => isRecorded(status));
}

function beyond<B extends OldClaim | OldVote>(keep: number, own: readonly B[]): B[] {
  if (keep < 1) throw new RangeError('the highest epoch is never forgotten');
  return own.toSorted((one, other) => other.spec.epoch - one.spec.epoch).slice(keep);
}

function isRecorded(status: { readonly record?: number | undefined } | undefined): boolean {
  return status?.record !== undefined;
}
