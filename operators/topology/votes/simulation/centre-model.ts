import type { ClaimOutcome } from '../../../api/index.ts';
import type { ClaimOnBallot, VoteOnBallot } from '../ballot.ts';
import type { StoredBallots } from './invariants.ts';

/** A change in the API of a centre, as whoever watches it hears of it. */
export type ApiEvent =
  | { readonly kind: 'claim'; readonly claim: ClaimOnBallot }
  | { readonly kind: 'vote'; readonly vote: VoteOnBallot }
  | { readonly kind: 'outcome'; readonly claim: string; readonly outcome: ClaimOutcome }
  | { readonly kind: 'placed'; readonly epoch: number };

/** Something that an operator asks of the API server of its own centre. */
export type ApiRequest = ApiEvent;

/**
 * The API server of a centre with its store, as far as votes are concerned: names are given once, an outcome is final, the
 * epoch of a Placement never goes back, and everybody hears of changes in the order in which they were made.
 */
export class CentreModel {
  readonly name: string;
  /** Everything that was ever stored, in order. It survives every crash. */
  readonly events: ApiEvent[] = [];
  up = true;
  readonly #refusesSecond: boolean;
  readonly #names = new Set<string>();
  readonly #decided = new Set<string>();
  #placed = 1;

  /** @param refusesSecond false: an API server that takes a second vote, to see whether the checks would notice */
  constructor(name: string, refusesSecond = true) {
    this.name = name;
    this.#refusesSecond = refusesSecond;
    this.events.push({ kind: 'placed', epoch: 1 });
  }

  /** Does what is asked, or refuses it; who asked may never hear which. */
  take(request: ApiRequest): void {
    if (this.up && this.#accepts(request)) this.events.push(request);
  }

  #accepts(request: ApiRequest): boolean {
    switch (request.kind) {
      case 'claim':
        return this.#first(this.#names, `claim ${request.claim.metadata.name}`);
      case 'vote':
        return this.#first(this.#names, `vote ${request.vote.metadata.name}`) || !this.#refusesSecond;
      case 'outcome':
        return this.#first(this.#decided, request.claim);
      case 'placed': {
        const grows = request.epoch > this.#placed;
        this.#placed = Math.max(this.#placed, request.epoch);
        return grows;
      }
    }
  }

  #first(taken: Set<string>, name: string): boolean {
    if (taken.has(name)) return false;
    taken.add(name);
    return true;
  }
}

/** What somebody has heard of a centre's API so far: all that was stored up to some moment, and nothing after it. */
export class ApiView {
  readonly claims = new Map<string, ClaimOnBallot>();
  readonly votes: VoteOnBallot[] = [];
  placedEpoch = 0;
  #heard = 0;

  /** Hears so many events more. */
  follow({ events }: CentreModel, atMost = Infinity): void {
    const end = Math.min(events.length, this.#heard + atMost);
    for (const event of events.slice(this.#heard, end)) this.#hear(event);
    this.#heard = end;
  }

  #hear(event: ApiEvent): void {
    switch (event.kind) {
      case 'claim':
        this.claims.set(event.claim.metadata.name, event.claim);
        return;
      case 'vote':
        this.votes.push(event.vote);
        return;
      case 'outcome': {
        const claim = this.claims.get(event.claim);
        if (claim !== undefined)
          this.claims.set(event.claim, { ...claim, status: { outcome: event.outcome } });
        return;
      }
      case 'placed':
        this.placedEpoch = Math.max(this.placedEpoch, event.epoch);
    }
  }
}

/** What stands in the API of a centre. */
export function recordsOf(centre: CentreModel): StoredBallots {
  const view = new ApiView();
  view.follow(centre);
  return { centre: centre.name, claims: [...view.claims.values()], votes: view.votes };
}
