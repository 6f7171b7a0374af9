import { ballotName, type ClaimOnBallot, type VoteOnBallot } from '../ballot.ts';
import { chooseClaim } from '../choose-claim.ts';
import { countVotes, type VoterRecord } from '../count-votes.ts';
import { passedClaims, passedVotes } from '../history.ts';
import type { AskingClaim } from '../judge-claim.ts';
import { nextEpoch } from '../known-epochs.ts';
import { RecentVotes } from '../recent-votes.ts';
import { ApiView, type ApiRequest, type CentreModel } from './centre-model.ts';

/** What every claim of a run is about. */
const SUBJECT = 'placement/a/b';

/** The part of the rules that a test may replace by wrong ones, to see whether the checks would notice. */
export interface Rules {
  readonly count: typeof countVotes;
  readonly choose: typeof chooseClaim;
  readonly passedVotes: typeof passedVotes;
}

/** The rules as they are. */
export const RULES: Rules = { count: countVotes, choose: chooseClaim, passedVotes };

/** One operator of a centre; a centre has two, who do not know of each other. What it knows dies with it. */
export class OperatorModel {
  readonly home: CentreModel;
  /** How wrong its wall clock is, in milliseconds. */
  skew = 0;
  readonly #centres: readonly CentreModel[];
  readonly #rules: Rules;
  #views: ReadonlyMap<string, ApiView>;
  #recent = new RecentVotes();

  constructor(home: CentreModel, centres: readonly CentreModel[], rules: Rules) {
    this.home = home;
    this.#centres = centres;
    this.#rules = rules;
    this.#views = this.#nothing();
  }

  /** Is started anew: knows nothing. */
  crash(): void {
    this.#views = this.#nothing();
    this.#recent = new RecentVotes();
  }

  /** Hears some of what is new in the API of a centre. */
  read(centre: CentreModel, atMost?: number): void {
    this.#view(centre).follow(centre, atMost);
  }

  /** The epoch that it would claim. @param attempt how often it has tried before */
  nextEpoch(now: number, attempt = 0): number {
    const claimed = (centre: CentreModel): number[] => this.#claimsOf(centre).map(({ spec }) => spec.epoch);
    return nextEpoch(
      { held: this.#voted(this.home), told: this.#peers.map((peer) => this.#voted(peer)) },
      {
        own: new Set(claimed(this.home)),
        others: this.#peers.map((peer) => Math.max(0, ...claimed(peer))),
      },
      { attempt, now: now + this.skew },
    );
  }

  /** Claims an epoch until so many milliseconds from now. */
  propose(epoch: number, now: number, patience: number): ApiRequest {
    const deadline = new Date(now + this.skew + patience).toISOString();
    const ballot = { subject: SUBJECT, epoch };
    const digest = `sha256:${this.home.name}`;
    return {
      kind: 'claim',
      claim: {
        metadata: { name: ballotName(ballot) },
        spec: { ...ballot, claimant: this.home.name, digest, deadline },
      },
    };
  }

  /** Answers the claims that it knows of. */
  vote(now: number): ApiRequest[] {
    const asking = this.#centres.flatMap((centre) =>
      this.#claimsOf(centre).map((claim): AskingClaim => ({ claim, readFrom: centre.name })),
    );
    const { vote } = this.#rules.choose({
      centre: this.home.name,
      electorate: this.#centres.map(({ name }) => name),
      knowsGroup: true,
      votes: this.#view(this.home).votes,
      sinceLastVote: this.#recent.since(SUBJECT, now),
      held: this.#voted(this.home),
      asking,
      now: now + this.skew,
    });
    if (vote === undefined) return [];
    this.#recent.note(SUBJECT, now);
    return [{ kind: 'vote', vote: { metadata: { name: ballotName(vote) }, spec: vote } }];
  }

  /** Counts the votes on every open claim of its own. */
  count(now: number): ApiRequest[] {
    const records = this.#centres.map((centre): VoterRecord => {
      const { votes, placedEpoch } = this.#view(centre);
      return { centre: centre.name, votes, placedEpoch };
    });
    return this.#openClaims().flatMap((claim): ApiRequest[] => {
      const { outcome } = this.#rules.count(claim, records, now + this.skew);
      return outcome === undefined ? [] : [{ kind: 'outcome', claim: claim.metadata.name, outcome }];
    });
  }

  /** Deletes what has passed: here as much as may ever be, and the journal has everything at once. */
  prune(): ApiRequest[] {
    const { claims, votes } = this.#view(this.home);
    const { name } = this.home;
    const recorded = <B extends ClaimOnBallot | VoteOnBallot>(ballot: B) => ({
      ...ballot,
      status: { ...('status' in ballot && ballot.status), record: 1 },
    });
    const passed = [
      ...passedClaims(name, [...claims.values()].map(recorded), 1),
      ...this.#rules.passedVotes(name, votes.map(recorded), 1),
    ];
    return passed.map(({ spec }) => ({ kind: 'gone', what: spec }));
  }

  /** Acts on the latest agreement of its own, as recovery does. */
  act(): ApiRequest[] {
    const agreed = [...this.#view(this.home).claims.values()].filter(
      ({ status }) => status?.outcome === 'Agreed',
    );
    const epoch = Math.max(0, ...agreed.map(({ spec }) => spec.epoch));
    return epoch > this.#view(this.home).placedEpoch ? [{ kind: 'placed', epoch }] : [];
  }

  #openClaims(): ClaimOnBallot[] {
    const own = [...this.#view(this.home).claims.values()];
    return own.filter(({ status }) => status?.outcome === undefined);
  }

  get #peers(): readonly CentreModel[] {
    return this.#centres.filter((centre) => centre !== this.home);
  }

  #claimsOf(centre: CentreModel): readonly ClaimOnBallot[] {
    return [...this.#view(centre).claims.values()];
  }

  /** The highest epoch that a centre has voted for or placed, as far as this one has heard. */
  #voted(centre: CentreModel): number {
    const { votes, placedEpoch } = this.#view(centre);
    return Math.max(placedEpoch, ...votes.map(({ spec }) => spec.epoch));
  }

  #view({ name }: CentreModel): ApiView {
    const view = this.#views.get(name);
    if (view === undefined) throw new RangeError(name);
    return view;
  }

  #nothing(): ReadonlyMap<string, ApiView> {
    return new Map(this.#centres.map(({ name }) => [name, new ApiView()]));
  }
}
