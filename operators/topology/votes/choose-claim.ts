import type { Vote } from '../../api/index.ts';
import { isVoteFor, type ClaimOnBallot } from './ballot.ts';
import { judgeClaim, type AskingClaim, type Refusal, type Voter } from './judge-claim.ts';

/**
 * How long a vote is the last one of its subject, in milliseconds. Time enough for the claimant to count it, and for whoever wants
 * the next to claim above it: a centre that claims without end could otherwise put its next epoch over every agreement before
 * anybody acts on that, and keep all others from ever coming to one.
 */
export const TURN = 10_000;

/** How long a centre that has voted for a claim of its own waits for its end at most, in milliseconds, whatever its clock says. */
const OWN_CLAIM = 60_000;

/** What a centre knows when claims on a subject ask for its vote. */
export interface ChoosingVoter extends Voter {
  /** The claims, its own and those of others. */
  readonly asking: readonly AskingClaim[];
  /** How long ago it cast its last vote on the subject, in milliseconds; Infinity where that is not known. */
  readonly sinceLastVote: number;
}

/** What a centre answers to the claims on a subject. */
export interface Choice {
  /** The vote that it casts now; absent: none. */
  readonly vote?: Vote['spec'];
  /** After how many milliseconds to ask again; absent: when something has changed. */
  readonly wait?: number;
  /** The claims that get no vote as things are. One that only has to wait is not among them. */
  readonly refused: readonly (AskingClaim & { readonly refusal: Refusal })[];
}

/**
 * Which of the claims on a subject gets the vote of this centre: one in a {@link TURN}, and none while a claim of this centre
 * itself, which it has voted for, is open. First come claims that can still be agreed, by this centre's clock; of those the ones
 * of the claimant whose last vote has the lowest epoch; of those the one of the lowest epoch.
 */
export function chooseClaim(voter: ChoosingVoter): Choice {
  const judged = voter.asking.map((each) => ({ ...each, judgement: judgeClaim(each, voter) }));
  const refused = judged.flatMap(({ judgement, ...each }) =>
    judgement.answer === 'refuse' ? [{ ...each, refusal: judgement }] : [],
  );
  const eligible = judged.flatMap(({ claim, judgement }) =>
    judgement.answer === 'grant' ? [{ claim, vote: judgement.vote }] : [],
  );
  if (eligible.length === 0) return { refused };
  const wait = Math.max(TURN - voter.sinceLastVote, ownClaimRemains(voter));
  if (wait > 0) return { refused, wait: Math.ceil(wait) };
  const [first] = eligible.sort((one, other) => compareTurns(one.claim, other.claim, voter));
  return { refused, ...first, ...(eligible.length > 1 && { wait: TURN }) };
}

/** How long a claim of this centre that it has voted for stays open, in milliseconds; 0 where there is none. */
function ownClaimRemains({ asking, centre, votes, now, sinceLastVote }: ChoosingVoter): number {
  const open = asking.filter(
    ({ claim, readFrom }) =>
      readFrom === centre &&
      claim.status?.outcome === undefined &&
      votes.some(({ spec }) => isVoteFor(spec, claim.spec)),
  );
  const remains = Math.max(0, ...open.map(({ claim }) => Date.parse(claim.spec.deadline) - now));
  return Math.min(remains, OWN_CLAIM - sinceLastVote);
}

function compareTurns(one: ClaimOnBallot, other: ClaimOnBallot, { votes, now }: Voter): number {
  const isLate = ({ spec }: ClaimOnBallot): number => (Date.parse(spec.deadline) < now ? 1 : 0);
  const lastVote = ({ spec }: ClaimOnBallot): number =>
    Math.max(
      0,
      ...votes.filter((vote) => vote.spec.claimant === spec.claimant).map((vote) => vote.spec.epoch),
    );
  return isLate(one) - isLate(other) || lastVote(one) - lastVote(other) || one.spec.epoch - other.spec.epoch;
}
