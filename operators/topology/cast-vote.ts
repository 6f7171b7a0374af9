import { API_VERSION, voteKind, type Claim, type Vote } from '../api/index.ts';
import { failedAs, type ApiClient, type Live, type NewObject } from '../runtime/index.ts';
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

/** Makes the function that answers claims. It writes nothing where the answer is no, or was given before. */
export function castVotes(client: ApiClient, ballots: Ballots): CastVote {
  return async (claim, readFrom, now, signal) => {
    const judgement = judgeClaim(claim, readFrom, ballots.voter(claim.spec.subject, now));
    if (judgement.answer === 'grant') await create(client, judgement.vote, signal);
    return judgement;
  };
}

async function create(client: ApiClient, spec: Vote['spec'], signal: AbortSignal): Promise<void> {
  const vote: NewObject & { readonly spec: Vote['spec'] } = {
    apiVersion: API_VERSION,
    kind: voteKind.kind,
    metadata: { name: ballotName(spec) },
    spec,
  };
  try {
    await client.create(voteType, vote, { signal, fieldManager: 'zaibei-vote' });
  } catch (error) {
    // Another operator of this centre was first, or the answer to our own try was lost: the vote is heard of in a moment.
    if (!failedAs(error, 'AlreadyExists')) throw error;
  }
}
