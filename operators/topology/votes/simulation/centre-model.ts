import type { ClaimOutcome } from '../../../api/index.ts';
import type { ClaimOnBallot, VoteOnBallot } from '../ballot.ts';
import type { BallotsEver } from './invariants.ts';

/** A change in the API of a centre, as whoever watches it hears of it. */
export type ApiEvent =
  | { readonly kind: 'claim'; readonly claim: ClaimOnBallot }
  | { readonly kind: 'vote'; readonly vote: VoteOnBallot }
  | { readonly kind: 'outcome'; readonly claim: string; readonly outcome: ClaimOutcome }
  | { readonly kind: 'placed'; readonly epoch: number }
  /** Deleted: exactly this one, and not another of its name. */
  | { readonly kind: 'gone'; readonly what: ClaimOnBallot['spec'] | VoteOnBallot['spec'] };

/** Something that an operator asks of the API server of its own centre. */
export type ApiRequest = ApiEvent;

/**
 * The API server of a centre with its store, as far as votes are concerned: a name is given once as long as what has it is not
 * deleted, an outcome is final, the epoch of a Placement never goes back, and everybody hears of changes in the order in which
 * they were made.
 */
export class CentreModel {
  readonly name: string;
  /** Everything that was ever stored, in order. It survives every crash. */
  readonly events: ApiEvent[] = [];
  up = true;
  readonly #refusesSecond: boolean;
  /** What stands, by kind and name. */
  readonly #standing = new Map<string, ClaimOnBallot['spec'] | VoteOnBallot['spec']>();
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
        return this.#take(`claim ${request.claim.metadata.name}`, request.claim.spec);
      case 'vote':
        return this.#take(`vote ${request.vote.metadata.name}`, request.vote.spec) || !this.#refusesSecond;
      case 'gone':
        return this.#drop(request.what);
      case 'outcome': {
        const claim = `claim ${request.claim}`;
        if (this.#decided.has(claim) || !this.#standing.has(claim)) return false;
        this.#decided.add(claim);
        return true;
      }
      case 'placed': {
        const grows = request.epoch > this.#placed;
        this.#placed = Math.max(this.#placed, request.epoch);
        return grows;
      }
    }
  }

  #take(name: string, spec: ClaimOnBallot['spec'] | VoteOnBallot['spec']): boolean {
    if (this.#standing.has(name)) return false;
    this.#standing.set(name, spec);
    return true;
  }

  #drop(what: ClaimOnBallot['spec'] | VoteOnBallot['spec']): boolean {
    const [name] = [...this.#standing].find(([, spec]) => spec === what) ?? [];
    if (name === undefined) return false;
    this.#decided.delete(name);
    return this.#standing.delete(name);
  }
}

/** What somebody has heard of a centre's API so far: all that was stored up to some moment, and nothing after it. */
export class ApiView {
  readonly claims = new Map<string, ClaimOnBallot>();
  votes: readonly VoteOnBallot[] = [];
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
        this.votes = [...this.votes, event.vote];
        return;
      case 'gone':
        this.votes = this.votes.filter(({ spec }) => spec !== event.what);
        for (const [name, { spec }] of this.claims) if (spec === event.what) this.claims.delete(name);
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

/** What has ever stood in the API of a centre, and may be gone. */
export function recordsOf({ name, events }: CentreModel): BallotsEver {
  const claims = new Map<string, ClaimOnBallot>();
  const agreed: ClaimOnBallot[] = [];
  const votes: VoteOnBallot[] = [];
  for (const event of events) {
    if (event.kind === 'claim') claims.set(event.claim.metadata.name, event.claim);
    if (event.kind === 'vote') votes.push(event.vote);
    const claim = event.kind === 'outcome' ? claims.get(event.claim) : undefined;
    if (event.kind === 'outcome' && event.outcome === 'Agreed' && claim !== undefined) agreed.push(claim);
  }
  return { centre: name, agreed, votes };
}
