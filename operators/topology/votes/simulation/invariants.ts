import { isVoteFor, type ClaimOnBallot, type VoteOnBallot } from '../ballot.ts';
import { quorumOf } from '../electorate.ts';

/** What stands in the API of one centre. */
export interface StoredBallots {
  readonly centre: string;
  readonly claims: readonly ClaimOnBallot[];
  /** In the order in which they were cast. */
  readonly votes: readonly VoteOnBallot[];
}

/**
 * What is wrong with the claims and votes of a world, all on one subject; undefined: nothing. Looks at what is stored, not at
 * what anybody believes.
 */
export function findViolation(centres: readonly StoredBallots[]): string | undefined {
  const agreed = centres.flatMap(({ claims }) => claims.filter(({ status }) => status?.outcome === 'Agreed'));
  const votes = centres.map((each) => each.votes);
  return findSecondVote(centres) ?? findRivals(agreed) ?? findUnfounded(agreed, votes);
}

function findSecondVote(centres: readonly StoredBallots[]): string | undefined {
  for (const { centre, votes } of centres) {
    const epochs = votes.map(({ spec }) => spec.epoch);
    const second = epochs.find((epoch, index) => epochs.indexOf(epoch) !== index);
    if (second !== undefined) return `${centre} has voted twice at epoch ${second}`;
  }
  return undefined;
}

/** Two agreements at one epoch. */
function findRivals(agreed: readonly ClaimOnBallot[]): string | undefined {
  const byEpoch = new Map<number, ClaimOnBallot>();
  for (const claim of agreed) {
    const rival = byEpoch.get(claim.spec.epoch);
    if (rival !== undefined) return `${tell(rival)} and ${tell(claim)} are both agreed`;
    byEpoch.set(claim.spec.epoch, claim);
  }
  return undefined;
}

/**
 * An agreement without a majority of votes that were each the highest of its centre when it was cast. With such majorities
 * agreements grow with their epochs: any two have a voter in common, and it voted for the lower one first.
 */
function findUnfounded(
  agreed: readonly ClaimOnBallot[],
  votes: readonly (readonly VoteOnBallot[])[],
): string | undefined {
  for (const claim of agreed) {
    const upward = votes.filter((cast) => isUpward(cast, claim)).length;
    if (upward < quorumOf(votes.length))
      return `${tell(claim)} is agreed with ${upward} upward votes of ${votes.length} centres`;
  }
  return undefined;
}

function isUpward(cast: readonly VoteOnBallot[], { spec }: ClaimOnBallot): boolean {
  const place = cast.findIndex((vote) => isVoteFor(vote.spec, spec));
  return place >= 0 && cast.slice(0, place).every((earlier) => earlier.spec.epoch < spec.epoch);
}

function tell({ spec }: ClaimOnBallot): string {
  return `epoch ${spec.epoch} of ${spec.claimant}`;
}
