import { isVoteFor, type ClaimOnBallot, type VoteOnBallot } from '../ballot.ts';
import { quorumOf } from '../electorate.ts';
import { ApiView, type CentreModel } from './centre-model.ts';

/** What is wrong with a world of centres; undefined: nothing. Looks at what is stored, not at what anybody believes. */
export function findViolation(centres: readonly CentreModel[]): string | undefined {
  const views = centres.map((centre): [string, ApiView] => {
    const view = new ApiView();
    view.follow(centre);
    return [centre.name, view];
  });
  const agreed = views.flatMap(([, { claims }]) =>
    [...claims.values()].filter(({ status }) => status?.outcome === 'Agreed'),
  );
  const votes = views.map(([, view]) => view.votes);
  return findSecondVote(views) ?? findRivals(agreed) ?? findUnfounded(agreed, votes);
}

function findSecondVote(views: readonly [string, ApiView][]): string | undefined {
  for (const [centre, { votes }] of views) {
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
