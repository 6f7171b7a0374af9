import {
  claimKind,
  datasetKind,
  placementKind,
  placementSubject,
  voteKind,
  type Claim,
  type Dataset,
  type Placement,
  type Vote,
} from '../api/index.ts';
import { resourceTypeOf, type Live, type Reader, type SharedReaders } from '../runtime/index.ts';
import type { Peers } from './peers/peers.ts';
import type { Site } from './site.ts';
import {
  claimType,
  datasetsOf,
  indexByGroup,
  indexBySubject,
  indexMembers,
  onSubject,
  placementsOf,
  voteType,
} from './votes/ballot-types.ts';
import { believedEpoch } from './votes/believed-epoch.ts';
import type { VoterRecord } from './votes/count-votes.ts';
import type { Voter } from './votes/judge-claim.ts';

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
  readonly #datasets: Reader<Live<Dataset>>;
  readonly #site: Site;
  readonly #peers: Peers;

  constructor(site: Site, peers: Peers, readers: SharedReaders) {
    this.#site = site;
    this.#peers = peers;
    this.claims = indexBySubject(readers.of(claimType), claimKind);
    this.votes = indexBySubject(readers.of(voteType), voteKind);
    this.placements = indexByGroup(readers.of(resourceTypeOf(placementKind)));
    this.#datasets = indexMembers(readers.of(resourceTypeOf(datasetKind)));
  }

  /** What the own centre knows when a claim on a subject asks for its vote. */
  voter(subject: string, now: number): Voter {
    const votes = onSubject(this.votes, subject);
    const placed = placedEpoch(subject, this);
    const held = Math.max(placed, ...votes.map(({ spec }) => spec.epoch));
    const heard = this.#peers.all.map((records) => placedEpoch(subject, records));
    return {
      centre: this.#site.centre,
      electorate: this.#site.electorate.map(({ name }) => name),
      // A centre that has lost its Placements knows the group by its datasets, and its vote must not be missing. Where nobody
      // has placed the group yet, a vote would only keep it from being placed.
      knowsGroup:
        placementsOf(this.placements, subject).length > 0 ||
        (Math.max(held, ...heard) > 0 && datasetsOf(this.#datasets, subject).length > 0),
      votes,
      placedEpoch: believedEpoch(held, heard),
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

  /** The highest epoch of a subject that is known of any centre, and believed; 0 where there is none. */
  reachedEpoch(subject: string): number {
    const held = Math.max(0, ...epochsOf(subject, this));
    return believedEpoch(
      held,
      this.#peers.all.flatMap((records) => epochsOf(subject, records)),
    );
  }
}

/** Every epoch that a centre has of a subject, claimed, voted for or placed. */
function epochsOf(subject: string, records: CentreRecords): readonly number[] {
  const ballots = [...onSubject(records.claims, subject), ...onSubject(records.votes, subject)];
  return [...ballots.map(({ spec }) => spec.epoch), placedEpoch(subject, records)];
}

/** The epoch of the roles that a subject is about; 0 where there are none, or it is about something else of the group. */
function placedEpoch(subject: string, { placements }: CentreRecords): number {
  const epochs = placementsOf(placements, subject)
    .filter(({ metadata, spec }) => placementSubject(metadata.namespace ?? '', spec.group) === subject)
    .map(({ spec }) => spec.epoch);
  return Math.max(0, ...epochs);
}
