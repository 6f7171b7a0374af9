import { API_VERSION, claimKind, type Claim } from '../api/index.ts';
import { failedAs, OperatorError, type ApiClient, type Live, type NewObject } from '../runtime/index.ts';
import type { Ballots } from './ballots.ts';
import { claimType } from './votes/ballot-types.ts';
import { ballotName, type Ballot } from './votes/ballot.ts';

/** What a centre wants the others to agree to. */
export interface Proposal extends Ballot {
  /** Digest of exactly what is claimed. */
  readonly digest: string;
  /** Until when votes are gathered, in wall-clock milliseconds. */
  readonly deadline: number;
}

/** This centre has claimed something else at that epoch already, and a claim is never changed. */
export class ClaimTakenError extends OperatorError {
  static readonly code = 'ZB-TPL-003';

  constructor({ subject, epoch }: Ballot) {
    super(
      ClaimTakenError.code,
      `this centre has claimed something else of ${subject} at epoch ${epoch}; claim it at the next epoch`,
      { kind: 'backoff' },
    );
  }
}

/**
 * The claims of this centre, one by one. A part of the operator that wants something agreed asks `agreements`, which makes as
 * many as it takes.
 *
 *     const epoch = claims.nextEpoch(subject, now);
 *     await claims.propose({ subject, epoch, digest, deadline: now + 30_000 }, signal);
 *     claims.find({ subject, epoch })?.status?.outcome; // 'Agreed', 'Refused', 'Expired'; undefined: still open
 *
 * Only `Agreed` in this centre's own claim is an agreement, and only this centre may act on it. After `Refused` and
 * `Expired` the next try takes the next epoch; of several centres that try at once it is wise to wait a random time.
 */
export class Claims {
  readonly #client: ApiClient;
  readonly #ballots: Ballots;
  readonly #centre: string;

  constructor(centre: string, client: ApiClient, ballots: Ballots) {
    this.#centre = centre;
    this.#client = client;
    this.#ballots = ballots;
  }

  /**
   * An epoch that nobody has claimed, as far as is known and believed.
   * @param now wall-clock time, in milliseconds @param attempt how often the same was claimed before
   */
  nextEpoch(subject: string, now: number, attempt = 0): number {
    return this.#ballots.nextEpoch(subject, attempt, now);
  }

  /** The claim of this centre on a ballot, as last heard of. */
  find(ballot: Ballot): Live<Claim> | undefined {
    return this.#ballots.claims.find(ballotName(ballot));
  }

  /**
   * Claims. Proposing the same again is harmless: it gives the claim that is there, with its own deadline and perhaps its
   * outcome.
   * @throws ClaimTakenError; ApiError
   */
  async propose({ subject, epoch, digest, deadline }: Proposal, signal?: AbortSignal): Promise<Live<Claim>> {
    const name = ballotName({ subject, epoch });
    const claim: NewObject & { readonly spec: Claim['spec'] } = {
      apiVersion: API_VERSION,
      kind: claimKind.kind,
      metadata: { name },
      spec: { subject, epoch, digest, claimant: this.#centre, deadline: new Date(deadline).toISOString() },
    };
    try {
      return await this.#client.create(claimType, claim, { signal, fieldManager: 'zaibei-claim' });
    } catch (error) {
      if (!failedAs(error, 'AlreadyExists')) throw error;
      const present = await this.#client.find(claimType, name, { signal });
      if (present === undefined) throw error;
      if (present.spec.digest !== digest) throw new ClaimTakenError({ subject, epoch });
      return present;
    }
  }
}
