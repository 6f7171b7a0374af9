import { isVoteFor, type ClaimOnBallot, type VoteOnBallot } from '../ballot.ts';
import { quorumOf } from '../electorate.ts';

/** What has ever stood in the API of one centre: what was deleted must not come true a second time, otherwise. */
export interface BallotsEver {
  readonly centre: string;
  /** Claims that were agreed. */
  readonly agreed: readonly ClaimOnBallot[];
  /** In the order in which they were cast. */
  readonly votes: readonly VoteOnBallot[];
}

/**
 * What is wrong with the claims and votes of a world, all on one subject; undefined: nothing. Looks at what was stored, not
 * at what anybody believes.
 */
export function findViolation(centres: readonly BallotsEver[]): string | undefined {
  const agreed = centres.flatMap((each) => each.agreed);
  const votes = centres.map((each) => each.votes);
  return findSecondVote(centres) ?? findRivals(agreed) ?? findUnfounded(agreed, votes);
}

/** Two votes of a centre at one epoch, the second of which might count: no higher one stood between them. */
function findSecondVote(centres: readonly BallotsEver[]): string | undefined {
  for (const { centre, votes } of centres) {
    const epochs = votes.map(({ spec }) => spec.epoch);
    const second = epochs.find((epoch, index) => {
      const before = epochs.slice(0, index);
      return before.includes(epoch) && before.every((earlier) => earlier <= epoch);
    });
    if (second !== undefined) return `${centre} has voted twice at epoch ${second}`;
  }
  return undefined;
}

/** Two agreements at one epoch: on two claims, not on one that was deleted and made again. */
function findRivals(agreed: readonly ClaimOnBallot[]): string | undefined {
  const byEpoch = new Map<number, ClaimOnBallot>();
  for (const claim of agreed) {
    const rival = byEpoch.get(claim.spec.epoch);
    if (rival !== undefined && !isSame(rival, claim))
      return `${tell(rival)} and ${tell(claim)} are both agreed`;
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

function isSame({ spec: one }: ClaimOnBallot, { spec: other }: ClaimOnBallot): boolean {
  return one.claimant === other.claimant && one.digest === other.digest;
}

function isUpward(cast: readonly VoteOnBallot[], { spec }: ClaimOnBallot): boolean {
  const place = cast.findIndex((vote) => isVoteFor(vote.spec, spec));
  return place >= 0 && cast.slice(0, place).every((earlier) => earlier.spec.epoch < spec.epoch);
}

function tell({ spec }: ClaimOnBallot): string {
  return `epoch ${spec.epoch} of ${spec.claimant}`;
}
