import type { ClaimAnswer, ClaimOutcome } from '../../api/index.ts';
import { isNamedByBallot, isVoteFor, type ClaimOnBallot, type VoteOnBallot } from './ballot.ts';
import { quorumOf } from './electorate.ts';

/** What was read of one voting centre about a subject. */
export interface VoterRecord {
  readonly centre: string;
  /** Its votes on the subject that have been read; empty also when none could be read. */
  readonly votes: readonly VoteOnBallot[];
  /** Highest epoch that its own Placement of the subject has; 0 where none was read. */
  readonly placedEpoch: number;
}

/** How a claim stands. */
export interface Tally {
  readonly quorum: number;
  /** One for each voting centre, in their order. */
  readonly answers: readonly ClaimAnswer[];
  /** How it has ended; undefined while it may still go either way. */
  readonly outcome: ClaimOutcome | undefined;
}

/**
 * Counts the votes on a claim for its claimant. What has an outcome keeps it. Votes must have been read before the deadline by
 * the claimant's clock; `Refused` as soon as those that have not answered cannot make a majority any more.
 * @param records one for each voting centre, the claimant among them
 * @param now the claimant's wall-clock time, in milliseconds
 */
export function countVotes(claim: ClaimOnBallot, records: readonly VoterRecord[], now: number): Tally {
  const quorum = quorumOf(records.length);
  const answers = records.map((record) => answerOf(claim, record));
  return { quorum, answers, outcome: claim.status?.outcome ?? outcomeOf(claim, answers, quorum, now) };
}

function outcomeOf(
  { spec }: ClaimOnBallot,
  answers: readonly ClaimAnswer[],
  quorum: number,
  now: number,
): ClaimOutcome | undefined {
  const count = (wanted: ClaimAnswer['answer']): number =>
    answers.filter(({ answer }) => answer === wanted).length;
  if (now >= Date.parse(spec.deadline)) return 'Expired';
  if (count('granted') >= quorum) return 'Agreed';
  return count('granted') + count('unknown') < quorum ? 'Refused' : undefined;
}

/**
 * What a centre has answered. Its vote counts only as long as no later one of it has been read: a list of votes shows each
 * with all that came before, so the votes that are ever counted of a centre grow with their epoch, even if two operators of it
 * have voted at once, each without the other's knowledge.
 */
function answerOf({ spec }: ClaimOnBallot, { centre, votes, placedEpoch }: VoterRecord): ClaimAnswer {
  const valid = votes.filter((vote) => isNamedByBallot(vote) && vote.spec.voter === centre);
  const latest = Math.max(0, ...valid.map((vote) => vote.spec.epoch));
  if (latest > spec.epoch) return refused(centre, `has voted at the later epoch ${latest}`);
  const onBallot = valid.find((vote) => vote.spec.epoch === spec.epoch);
  if (onBallot !== undefined)
    return isVoteFor(onBallot.spec, spec)
      ? { centre, answer: 'granted' }
      : refused(centre, `has voted for ${onBallot.spec.claimant} at epoch ${spec.epoch}`);
  if (placedEpoch >= spec.epoch) return refused(centre, `has the Placement of epoch ${placedEpoch}`);
  return { centre, answer: 'unknown' };
}

function refused(centre: string, reason: string): ClaimAnswer {
  return { centre, answer: 'refused', reason };
}
