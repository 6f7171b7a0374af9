import { API_VERSION, voteKind, type Vote } from '../api/index.ts';
import {
  failedAs,
  TokenBucket,
  type ApiClient,
  type Clock,
  type NewObject,
  type Rate,
} from '../runtime/index.ts';
import type { Ballots } from './ballots.ts';
import { voteType } from './votes/ballot-types.ts';
import { ballotName } from './votes/ballot.ts';
import { chooseClaim, type Choice } from './votes/choose-claim.ts';
import { RecentVotes } from './votes/recent-votes.ts';

/**
 * How this centre answers the claims on a subject: by one Vote in its own API, created under the one name that the ballot has, or
 * by none.
 */
export type CastVote = (subject: string, now: number, signal: AbortSignal) => Promise<Choice>;

/**
 * How many votes one claimant gets: those of all protection groups at once, as after the loss of a centre, and then a trickle.
 * Each vote is an object and a record for ever, and a centre that is not itself any more could claim without end.
 */
export const VOTES: Rate = { burst: 10_000, perSecond: 1 };

/** Makes the function that answers claims. It writes nothing where the answer is no, or was given before. */
export function castVotes(client: ApiClient, ballots: Pick<Ballots, 'voter'>, clock: Clock): CastVote {
  const rates = new Map<string, TokenBucket>();
  const recent = new RecentVotes();
  const rateOf = (claimant: string): TokenBucket => {
    const rate = rates.get(claimant) ?? new TokenBucket(VOTES, clock.elapsed());
    rates.set(claimant, rate);
    return rate;
  };
  return async (subject, now, signal) => {
    const voter = ballots.voter(subject, now);
    // A centre claims for itself as often as it likes.
    const asking = voter.asking.filter(
      ({ readFrom }) => readFrom === voter.centre || rateOf(readFrom).untilNext(clock.elapsed()) === 0,
    );
    const choice = chooseClaim({ ...voter, asking, sinceLastVote: recent.since(subject, clock.elapsed()) });
    if (choice.vote === undefined) return choice;
    recent.note(subject, clock.elapsed());
    // What came to nothing costs nothing: an API server that fails must not use up the votes of a takeover.
    if (await create(client, choice.vote, signal)) rateOf(choice.vote.claimant).take(clock.elapsed());
    return choice;
  };
}

/** @returns whether it was created now */
async function create(client: ApiClient, spec: Vote['spec'], signal: AbortSignal): Promise<boolean> {
  const vote: NewObject & { readonly spec: Vote['spec'] } = {
    apiVersion: API_VERSION,
    kind: voteKind.kind,
    metadata: { name: ballotName(spec) },
    spec,
  };
  try {
    await client.create(voteType, vote, { signal, fieldManager: 'zaibei-vote' });
    return true;
  } catch (error) {
    // Another operator of this centre was first, or the answer to our own try was lost: the vote is heard of in a moment.
    if (!failedAs(error, 'AlreadyExists')) throw error;
    return false;
  }
}
