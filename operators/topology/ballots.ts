import {
  claimKind,
  placementKind,
  placementSubject,
  voteKind,
  type Claim,
  type Placement,
  type Vote,
} from '../api/index.ts';
import { resourceTypeOf, type Live, type Reader, type SharedReaders } from '../runtime/index.ts';
import type { Peers } from './peers/peers.ts';
import type { Site } from './site.ts';
import type { VoterRecord } from './votes/count-votes.ts';
import type { Voter } from './votes/judge-claim.ts';
import { reachedEpoch } from './votes/reached-epoch.ts';

/** Everything that was read of one centre about claims and votes. */
interface CentreRecords {
  readonly placements: Iterable<Live<Placement>>;
  readonly votes: Iterable<Live<Vote>>;
  readonly claims: Iterable<Live<Claim>>;
}

/** What is known of claims and votes: of the own centre from its own API, of each peer from what was last heard of it. */
export class Ballots {
  readonly claims: Reader<Live<Claim>>;
  readonly votes: Reader<Live<Vote>>;
  readonly placements: Reader<Live<Placement>>;
  readonly #site: Site;
  readonly #peers: Peers;

  constructor(site: Site, peers: Peers, readers: SharedReaders) {
    this.#site = site;
    this.#peers = peers;
    this.claims = readers.of(resourceTypeOf(claimKind));
    this.votes = readers.of(resourceTypeOf(voteKind));
    this.placements = readers.of(resourceTypeOf(placementKind));
  }

  /** What the own centre knows when a claim on a subject asks for its vote. */
  voter(subject: string, now: number): Voter {
    return {
      centre: this.#site.centre,
      electorate: this.#site.electorate.map(({ name }) => name),
      votes: votesOn(subject, this.#recordsOf(this.#site.centre)),
      placedEpoch: Math.max(0, ...this.#everybody().map((records) => placedEpoch(subject, records))),
      now,
    };
  }

  /** What was read of each voting centre about a subject, for a count. */
  voterRecords(subject: string): readonly VoterRecord[] {
    return this.#site.electorate.map(({ name }) => {
      const records = this.#recordsOf(name);
      return { centre: name, votes: votesOn(subject, records), placedEpoch: placedEpoch(subject, records) };
    });
  }

  /** The highest epoch of a subject that is known of any centre; 0 where there is none. */
  reachedEpoch(subject: string): number {
    const everybody = this.#everybody();
    return reachedEpoch({
      claims: everybody.flatMap(({ claims }) => [...claims].filter(({ spec }) => spec.subject === subject)),
      votes: everybody.flatMap((records) => votesOn(subject, records)),
      placedEpoch: Math.max(0, ...everybody.map((records) => placedEpoch(subject, records))),
    });
  }

  #everybody(): readonly CentreRecords[] {
    return [this.#site.centre, ...this.#peers.all.map(({ name }) => name)].map((name) =>
      this.#recordsOf(name),
    );
  }

  #recordsOf(centre: string): CentreRecords {
    const from = centre === this.#site.centre ? this : this.#peers.find(centre);
    return {
      placements: from?.placements.all() ?? [],
      votes: from?.votes.all() ?? [],
      claims: from?.claims.all() ?? [],
    };
  }
}

function votesOn(subject: string, { votes }: CentreRecords): readonly Live<Vote>[] {
  return [...votes].filter(({ spec }) => spec.subject === subject);
}

function placedEpoch(subject: string, { placements }: CentreRecords): number {
  const epochs = [...placements]
    .filter(({ metadata, spec }) => placementSubject(metadata.namespace ?? '', spec.group) === subject)
    .map(({ spec }) => spec.epoch);
  return Math.max(0, ...epochs);
}
