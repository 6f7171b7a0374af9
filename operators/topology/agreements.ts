import type { Claim } from '../api/index.ts';
import type { Agreement, Agreements, ChangeSource, Live, Wanted } from '../runtime/index.ts';
import type { Ballots } from './ballots.ts';
import type { Claims } from './claims.ts';
import { onSubject } from './votes/ballot-types.ts';
import { judgeTries } from './votes/judge-tries.ts';

/** Gets agreements by claims of this centre: one for each try, each at an epoch that nobody has claimed. */
export class ClaimedAgreements implements Agreements {
  readonly #centre: string;
  readonly #claims: Claims;
  readonly #ballots: Ballots;

  constructor(centre: string, claims: Claims, ballots: Ballots) {
    this.#centre = centre;
    this.#claims = claims;
    this.#ballots = ballots;
  }

  get changes(): ChangeSource<Live<Claim>> {
    return this.#ballots.claims;
  }

  async ensure(wanted: Wanted, now: number, signal: AbortSignal): Promise<Agreement> {
    const { subject, digest, patience } = wanted;
    const tries = onSubject(this.#ballots.claims, subject).filter(
      ({ spec }) => spec.digest === digest && spec.claimant === this.#centre,
    );
    const agreement = judgeTries(tries, this.#ballots.reachedEpoch(subject));
    if (agreement !== undefined && (agreement.state !== 'failed' || now < agreement.again)) return agreement;
    const epoch = this.#claims.nextEpoch(subject, now, tries.length);
    const claim = await this.#claims.propose({ subject, epoch, digest, deadline: now + patience }, signal);
    return { state: 'gathering', epoch, until: Date.parse(claim.spec.deadline) };
  }
}
