import type { Vote } from '../../api/index.ts';
import { isNamedByBallot, isVoteFor, type ClaimOnBallot, type VoteOnBallot } from './ballot.ts';
import { possibleEpoch } from './known-epochs.ts';

/**
 * How much later than its deadline a claim still gets a vote, in milliseconds. The deadline is by the claimant's clock and
 * only the claimant decides by it; the voter asks so as not to vote for what was left behind. A clock that is wrong by less
 * than this keeps no centre from voting.
 */
export const DEADLINE_TOLERANCE = 5 * 60_000;

/** Why a centre does not vote for a claim. */
export type RefusalReason =
  | 'Misnamed'
  | 'NotItsClaim'
  | 'NoVoter'
  | 'GroupUnknown'
  | 'Decided'
  | 'DeadlinePassed'
  | 'VotedOtherwise'
  | 'EpochPassed'
  | 'EpochTooFar';

/** What a centre knows when a claim asks for its vote. */
export interface Voter {
  /** The centre that votes. */
  readonly centre: string;
  /** Names of the voting centres. */
  readonly electorate: readonly string[];
  /** Whether it has the protection group that the claim is about: a Placement of it, or a Dataset in it. */
  readonly knowsGroup: boolean;
  /** Every vote of this centre on the subject of the claim. */
  readonly votes: readonly VoteOnBallot[];
  /** The highest epoch of the subject that this centre has voted for or placed; 0 where there is none. */
  readonly held: number;
  /** Wall-clock time, in milliseconds. */
  readonly now: number;
}

/** A claim with the centre in whose API it stands: a centre claims for itself alone. */
export interface AskingClaim {
  readonly claim: ClaimOnBallot;
  readonly readFrom: string;
}

/** Why a claim gets no vote. */
export interface Refusal {
  readonly answer: 'refuse';
  readonly reason: RefusalReason;
  readonly message: string;
}

/** What a centre may answer to a claim. `standing`: it has voted for it already. */
export type Judgement =
  { readonly answer: 'grant'; readonly vote: Vote['spec'] } | { readonly answer: 'standing' } | Refusal;

/**
 * Whether this centre may vote for a claim: for one claim at an epoch, and only at an epoch above every one that it has voted for
 * or placed. Holds with whatever is known; what is not known yet is caught by the name of the vote, which the API server gives
 * once.
 */
export function judgeClaim({ claim, readFrom }: AskingClaim, voter: Voter): Judgement {
  const { subject, epoch, claimant, digest, deadline } = claim.spec;
  if (!isNamedByBallot(claim))
    return refuse('Misnamed', `its name ${claim.metadata.name} is not that of subject and epoch`);
  if (claimant !== readFrom)
    return refuse('NotItsClaim', `it stands in the API of ${readFrom} and names ${claimant} as claimant`);
  const stranger = [claimant, voter.centre].find((name) => !voter.electorate.includes(name));
  if (stranger !== undefined) return refuse('NoVoter', `${stranger} is no voting centre`);

  if (!voter.knowsGroup)
    return refuse('GroupUnknown', `neither a Placement nor a Dataset of the group of ${subject} stands here`);

  const onBallot = voter.votes.find(({ spec }) => spec.epoch === epoch);
  if (onBallot !== undefined)
    return isVoteFor(onBallot.spec, claim.spec)
      ? { answer: 'standing' }
      : refuse('VotedOtherwise', `at epoch ${epoch} this centre has voted for ${onBallot.spec.claimant}`);
  if (claim.status?.outcome !== undefined)
    return refuse('Decided', `it has ended already: ${claim.status.outcome}`);
  if (voter.now > Date.parse(deadline) + DEADLINE_TOLERANCE)
    return refuse('DeadlinePassed', `its deadline ${deadline} has passed`);
  return (
    judgeEpoch(claim, voter) ?? {
      answer: 'grant',
      vote: { subject, epoch, claimant, digest, voter: voter.centre },
    }
  );
}

function judgeEpoch({ spec: { epoch } }: ClaimOnBallot, { held, now }: Voter): Refusal | undefined {
  if (epoch <= held) return refuse('EpochPassed', `epoch ${held} has been reached`);
  const possible = possibleEpoch(now);
  return epoch > possible
    ? refuse('EpochTooFar', `nobody has come to epoch ${epoch} yet, ${possible} is the highest possible`)
    : undefined;
}

function refuse(reason: RefusalReason, message: string): Refusal {
  return { answer: 'refuse', reason, message };
}
