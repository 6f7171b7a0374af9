import { placementKind, placementSubject, type Claim, type Placement, type Vote } from '../api/index.ts';
import { resourceTypeOf, type Live, type Reader, type SharedReaders } from '../runtime/index.ts';
import type { Peers } from './peers/peers.ts';
import type { Site } from './site.ts';
import { claimType, indexBySubject, onSubject, voteType } from './votes/ballot-types.ts';
import type { VoterRecord } from './votes/count-votes.ts';
import type { Voter } from './votes/judge-claim.ts';
import { reachedEpoch } from './votes/reached-epoch.ts';

/** Everything that was read of one centre about claims and votes. */
interface CentreRecords {
  readonly placements: Reader<Live<Placement>>;
  readonly votes: Reader<Live<Vote>>;
  readonly claims: Reader<Live<Claim>>;
}

/** What is known of claims and votes: of the own centre from its own API, of each peer from what was last heard of it. */
export class Ballots implements CentreRecords {
  readonly claims: Reader<Live<Claim>>;
  readonly votes: Reader<Live<Vote>>;
  readonly placements: Reader<Live<Placement>>;
  readonly #site: Site;
  readonly #peers: Peers;

  constructor(site: Site, peers: Peers, readers: SharedReaders) {
    this.#site = site;
    this.#peers = peers;
    this.claims = indexBySubject(readers.of(claimType));
    this.votes = indexBySubject(readers.of(voteType));
    this.placements = readers.of(resourceTypeOf(placementKind));
  }

  /** What the own centre knows when a claim on a subject asks for its vote. */
  voter(subject: string, now: number): Voter {
    return {
      centre: this.#site.centre,
      electorate: this.#site.electorate.map(({ name }) => name),
      votes: onSubject(this.votes, subject),
      placedEpoch: Math.max(0, ...this.#everybody().map((records) => placedEpoch(subject, records))),
      now,
    };
  }

  /** What was read of each voting centre about a subject, for a count. */
  voterRecords(subject: string): readonly VoterRecord[] {
    return this.#site.electorate.map(({ name }) => {
      const records = name === this.#site.centre ? this : this.#peers.find(name);
      return {
        centre: name,
        votes: records === undefined ? [] : onSubject(records.votes, subject),
        placedEpoch: records === undefined ? 0 : placedEpoch(subject, records),
      };
    });
  }

  /** The highest epoch of a subject that is known of any centre; 0 where there is none. */
  reachedEpoch(subject: string): number {
    const everybody = this.#everybody();
    return reachedEpoch({
      claims: everybody.flatMap(({ claims }) => onSubject(claims, subject)),
      votes: everybody.flatMap(({ votes }) => onSubject(votes, subject)),
      placedEpoch: Math.max(0, ...everybody.map((records) => placedEpoch(subject, records))),
    });
  }

  #everybody(): readonly CentreRecords[] {
    return [this, ...this.#peers.all];
  }
}

function placedEpoch(subject: string, { placements }: CentreRecords): number {
  const epochs = [...placements.all()]
    .filter(({ metadata, spec }) => placementSubject(metadata.namespace ?? '', spec.group) === subject)
    .map(({ spec }) => spec.epoch);
  return Math.max(0, ...epochs);
}
