import type { ClaimOnBallot, VoteOnBallot } from './ballot.ts';

/** What is known of a subject, from whichever centres could be read. */
export interface SubjectKnowledge {
  readonly claims: readonly ClaimOnBallot[];
  readonly votes: readonly VoteOnBallot[];
  /** Highest epoch read in a Placement; 0 where there is none. */
  readonly placedEpoch: number;
}

/**
 * The highest epoch that anything known of a subject has. A claim at the next one has a chance: nobody who is known to this
 * centre has voted at it yet.
 */
export function reachedEpoch({ claims, votes, placedEpoch }: SubjectKnowledge): number {
  return Math.max(placedEpoch, ...[...claims, ...votes].map(({ spec }) => spec.epoch));
}
