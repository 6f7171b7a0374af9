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
import type { ChoosingVoter } from './votes/choose-claim.ts';
import type { VoterRecord } from './votes/count-votes.ts';
import type { AskingClaim } from './votes/judge-claim.ts';
import { certainEpoch, nextEpoch, type KnownEpochs } from './votes/known-epochs.ts';

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

  /** What the own centre knows when claims on a subject ask for its vote. */
  voter(subject: string, now: number): Omit<ChoosingVoter, 'sinceLastVote'> {
    const votes = onSubject(this.votes, subject);
    const isPlaced = [this, ...this.#peers.all].some((records) => reachedIn(records, subject) > 0);
    return {
      centre: this.#site.centre,
      electorate: this.#site.electorate.map(({ name }) => name),
      // A centre that has lost its Placements knows the group by its datasets, and its vote must not be missing. Where nobody
      // has placed the group yet, a vote would only keep it from being placed.
      knowsGroup:
        placementsOf(this.placements, subject).length > 0 ||
        (isPlaced && datasetsOf(this.#datasets, subject).length > 0),
      votes,
      held: reachedIn(this, subject),
      asking: this.#asking(subject),
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

  /** The highest epoch of a subject that has been reached for certain; 0 where there is none. */
  reachedEpoch(subject: string): number {
    return certainEpoch(this.#known(subject));
  }

  /**
   * The epoch of a subject to claim.
   * @param attempt how often the same was claimed before @param now wall-clock time, in milliseconds
   */
  nextEpoch(subject: string, attempt: number, now: number): number {
    const claimed = ({ claims }: CentreRecords): number[] =>
      onSubject(claims, subject).map(({ spec }) => spec.epoch);
    const own = new Set(claimed(this));
    const others = this.#peers.all.map((records) => Math.max(0, ...claimed(records)));
    return nextEpoch(this.#known(subject), { own, others }, { attempt, now });
  }

  /** Subjects of which a peer has a claim that nobody has decided. */
  askedByPeers(): ReadonlySet<string> {
    const subjects = new Set<string>();
    for (const { claims } of this.#peers.all)
      for (const { spec, status } of claims.all())
        // A peer of another version may claim what this program cannot read, and so cannot vote for.
        if (status?.outcome === undefined && claimKind.spec.safeParse(spec).success)
          subjects.add(spec.subject);
    return subjects;
  }

  #known(subject: string): KnownEpochs {
    const told = this.#peers.all.map((records) => reachedIn(records, subject));
    return { held: reachedIn(this, subject), told };
  }

  #asking(subject: string): readonly AskingClaim[] {
    const claimsOf = (readFrom: string, { claims }: Pick<CentreRecords, 'claims'>): AskingClaim[] =>
      onSubject(claims, subject).map((claim) => ({ claim, readFrom }));
    return [
      ...claimsOf(this.#site.centre, this),
      ...this.#peers.all.flatMap((peer) => claimsOf(peer.name, peer)),
    ];
  }
}

/** The highest epoch of a subject that a centre has voted for or placed; 0 where there is none. */
function reachedIn(records: CentreRecords, subject: string): number {
  const voted = onSubject(records.votes, subject).map(({ spec }) => spec.epoch);
  return Math.max(placedEpoch(subject, records), ...voted);
}

/** The epoch of the roles that a subject is about; 0 where there are none, or it is about something else of the group. */
function placedEpoch(subject: string, { placements }: CentreRecords): number {
  const epochs = placementsOf(placements, subject)
    .filter(({ metadata, spec }) => placementSubject(metadata.namespace ?? '', spec.group) === subject)
    .map(({ spec }) => spec.epoch);
  return Math.max(0, ...epochs);
}
