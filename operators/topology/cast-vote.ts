import { API_VERSION, voteKind, type Claim, type Vote } from '../api/index.ts';
import {
  failedAs,
  TokenBucket,
  type ApiClient,
  type Clock,
  type Live,
  type NewObject,
  type Rate,
} from '../runtime/index.ts';
import type { Ballots } from './ballots.ts';
import { voteType } from './votes/ballot-types.ts';
import { ballotName } from './votes/ballot.ts';
import { judgeClaim, type Judgement } from './votes/judge-claim.ts';

/** How this centre answers claims: by a Vote in its own API, created under the one name that the ballot has. */
export type CastVote = (
  claim: Live<Claim>,
  /** Centre in whose API the claim stands. */
  readFrom: string,
  now: number,
  signal: AbortSignal,
) => Promise<Judgement>;

/**
 * How many votes one claimant gets: those of all protection groups at once, as after the loss of a centre, and then a trickle.
 * Each vote is an object and a record for ever, and a centre that is not itself any more could claim without end.
 */
export const VOTES: Rate = { burst: 10_000, perSecond: 1 };

/** Makes the function that answers claims. It writes nothing where the answer is no, or was given before. */
export function castVotes(client: ApiClient, ballots: Pick<Ballots, 'voter'>, clock: Clock): CastVote {
  const rates = new Map<string, TokenBucket>();
  return async (claim, readFrom, now, signal) => {
    const judgement = judgeClaim(claim, readFrom, ballots.voter(claim.spec.subject, now));
    if (judgement.answer !== 'grant') return judgement;
    const rate = rates.get(readFrom) ?? new TokenBucket(VOTES, clock.elapsed());
    rates.set(readFrom, rate);
    if (rate.untilNext(clock.elapsed()) > 0)
      return {
        answer: 'refuse',
        reason: 'TooMany',
        message: `${readFrom} has claimed more than can be meant`,
      };
    // What came to nothing costs nothing: an API server that fails must not use up the votes of a takeover.
    if (await create(client, judgement.vote, signal)) rate.take(clock.elapsed());
    return judgement;
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
