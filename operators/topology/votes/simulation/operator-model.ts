import { ballotName, type ClaimOnBallot, type VoteOnBallot } from '../ballot.ts';
import { countVotes, type VoterRecord } from '../count-votes.ts';
import { believedEpoch } from '../believed-epoch.ts';
import { passedClaims, passedVotes } from '../history.ts';
import { judgeClaim } from '../judge-claim.ts';
import { ApiView, type ApiRequest, type CentreModel } from './centre-model.ts';

/** What every claim of a run is about. */
const SUBJECT = 'placement/a/b';

/** The part of the rules that a test may replace by wrong ones, to see whether the checks would notice. */
export interface Rules {
  readonly count: typeof countVotes;
  readonly judge: typeof judgeClaim;
  readonly passedVotes: typeof passedVotes;
}

/** The rules as they are. */
export const RULES: Rules = { count: countVotes, judge: judgeClaim, passedVotes };

/** One operator of a centre; a centre has two, who do not know of each other. What it knows dies with it. */
export class OperatorModel {
  readonly home: CentreModel;
  /** How wrong its wall clock is, in milliseconds. */
  skew = 0;
  readonly #centres: readonly CentreModel[];
  readonly #rules: Rules;
  #views: ReadonlyMap<string, ApiView>;

  constructor(home: CentreModel, centres: readonly CentreModel[], rules: Rules) {
    this.home = home;
    this.#centres = centres;
    this.#rules = rules;
    this.#views = this.#nothing();
  }

  /** Is started anew: knows nothing. */
  crash(): void {
    this.#views = this.#nothing();
  }

  /** Hears some of what is new in the API of a centre. */
  read(centre: CentreModel, atMost?: number): void {
    this.#view(centre).follow(centre, atMost);
  }

  /** The epoch after the highest that it knows of. */
  nextEpoch(): number {
    const ballots = [...this.#views.values()].flatMap((view) => [...view.claims.values(), ...view.votes]);
    return (
      believedEpoch(
        this.#placedEpoch(),
        ballots.map(({ spec }) => spec.epoch),
      ) + 1
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

  /** Answers every claim that it knows of. */
  vote(now: number): ApiRequest[] {
    return this.#centres.flatMap((centre) =>
      [...this.#view(centre).claims.values()].flatMap((claim): ApiRequest[] => {
        const judgement = this.#rules.judge(claim, centre.name, {
          centre: this.home.name,
          electorate: this.#centres.map(({ name }) => name),
          votes: this.#view(this.home).votes,
          knowsGroup: true,
          placedEpoch: this.#placedEpoch(),
          now: now + this.skew,
        });
        if (judgement.answer !== 'grant') return [];
        const { vote } = judgement;
        return [{ kind: 'vote', vote: { metadata: { name: ballotName(vote) }, spec: vote } }];
      }),
    );
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

  #placedEpoch(): number {
    return Math.max(...[...this.#views.values()].map(({ placedEpoch }) => placedEpoch));
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
