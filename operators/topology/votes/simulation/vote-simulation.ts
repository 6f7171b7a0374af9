import { SeededRandom } from '../../../runtime/simulation/seeded-random.ts';
import { Cuts } from '../../simulation/cuts.ts';
import { quorumOf } from '../electorate.ts';
import { TURN } from '../choose-claim.ts';
import { CentreModel, recordsOf, type ApiRequest } from './centre-model.ts';
import { findViolation } from './invariants.ts';
import { HostileCentre } from './hostile-centre.ts';
import { OperatorModel, RULES, type Rules } from './operator-model.ts';
import { Post } from './post.ts';

/** What a run is made of. */
export interface VoteSimulationOptions {
  readonly seed: number;
  readonly centres: number;
  readonly rules?: Rules;
  /** False: API servers that take a second vote of one name. */
  readonly refusesSecond?: boolean;
  /** True: the last centre is not itself any more, and wants no agreement to come about. */
  readonly hostile?: boolean;
}

/** How long claims are open, in milliseconds of simulated time. */
const PATIENCE = 30_000;

/** Longest time between two steps, in milliseconds: some claims expire before they are agreed, and some do not. */
const LONGEST_STEP = 400;

/** A claim can lose votes to old ones that only some have read, or to those of somebody who claims without end; not often. */
const ATTEMPTS = 6;
const ATTEMPTS_AGAINST = 8;

/** Wall clocks are wrong by up to this, in milliseconds. */
const WORST_SKEW = 60_000;

/**
 * Centres that claim, vote, count and act, two operators in each, in an order that a seed decides, while operators crash,
 * API servers stop, links are cut, requests are late, lost or made twice, and clocks jump. Everything that the rules of
 * votes promise is looked at after each step.
 */
export class VoteSimulation {
  readonly #random: SeededRandom;
  readonly #centres: readonly CentreModel[];
  readonly #operators: readonly OperatorModel[];
  readonly #hostile: HostileCentre | undefined;
  readonly #cuts = new Cuts();
  readonly #post: Post;
  #now = Date.UTC(2026, 10, 23);

  constructor({
    seed,
    centres,
    rules = RULES,
    refusesSecond = true,
    hostile = false,
  }: VoteSimulationOptions) {
    this.#random = new SeededRandom(seed);
    this.#post = new Post(this.#random);
    this.#centres = Array.from(
      { length: centres },
      (_, index) => new CentreModel(`c${index}`, refusesSecond),
    );
    this.#operators = this.#centres.flatMap((home) =>
      [1, 2].map(() => new OperatorModel(home, this.#centres, rules)),
    );
    const taken = hostile ? this.#operators.at(-1) : undefined;
    this.#hostile = taken && new HostileCentre(taken, this.#centres, this.#random);
    if (taken !== undefined) this.#operators = this.#operators.filter(({ home }) => home !== taken.home);
  }

  /** So many steps, each of anything. @returns what was broken, undefined: nothing */
  disturb(steps: number): string | undefined {
    let stored = 0;
    for (let step = 0; step < steps; step += 1) {
      this.#now += this.#random.below(LONGEST_STEP + 1);
      this.#step();
      const now = this.#centres.reduce((sum, { events }) => sum + events.length, 0);
      if (now === stored) continue;
      stored = now;
      const violation = findViolation(this.#centres.map(recordsOf));
      if (violation !== undefined) return `step ${step}: ${violation}`;
    }
    return undefined;
  }

  /**
   * Everything comes to rest, a majority of centres is alive and connected, and one of it claims.
   * @returns what kept it from being agreed; undefined: it was
   */
  settle(): string | undefined {
    this.#post.deliverAll();
    const against = this.#hostile !== undefined;
    const alive = new Set(against ? this.#centres : this.#someMajority());
    this.#cuts.heal();
    for (const centre of this.#centres) centre.up = alive.has(centre);
    // Whoever is led to the highest epoch that is possible waits for as long as the clocks differ.
    if (against) for (const operator of this.#operators) operator.skew = 0;
    // One in each centre: the leader, once things are calm.
    const present = this.#operators.filter(({ home }, index) => alive.has(home) && index % 2 === 0);
    const claimant = this.#random.pick(present);
    for (let attempt = 0; attempt < (against ? ATTEMPTS_AGAINST : ATTEMPTS); attempt += 1) {
      const epoch = this.#attempt(claimant, present, attempt);
      const { agreed } = recordsOf(claimant.home);
      if (agreed.some(({ spec }) => spec.epoch === epoch)) return findViolation(this.#centres.map(recordsOf));
    }
    return `${claimant.home.name} got no agreement of ${[...alive].map(({ name }) => name).join(', ')}`;
  }

  /** A claim, with time for everybody to read, answer and count it. @returns its epoch */
  #attempt(claimant: OperatorModel, present: readonly OperatorModel[], attempt: number): number {
    const readAll = (): void => {
      this.#post.deliverAll();
      for (const operator of present)
        for (const centre of this.#centres) if (centre.up) operator.read(centre);
    };
    readAll();
    const epoch = claimant.nextEpoch(this.#now, attempt);
    this.#send(claimant, [claimant.propose(epoch, this.#now, PATIENCE)]);
    for (let passed = 0; passed < PATIENCE; passed += TURN) {
      for (const turn of ['vote', 'count'] as const) {
        this.#hostile?.act(this.#now);
        readAll();
        for (const operator of present) this.#send(operator, operator[turn](this.#now));
      }
      this.#now += TURN;
    }
    readAll();
    return epoch;
  }

  /** Whether the run came to any agreement: one without shows nothing. */
  get agreements(): number {
    return this.#centres.flatMap((centre) => recordsOf(centre).agreed).length;
  }

  /** How often a centre has voted once more at an epoch whose vote it had deleted. */
  get repeatedVotes(): number {
    const votes = this.#centres.map((centre) => recordsOf(centre).votes);
    return votes.flatMap((all) => all.slice(new Set(all.map(({ spec }) => spec.epoch)).size)).length;
  }

  #step(): void {
    const random = this.#random;
    const operator = random.pick(this.#operators);
    const other = random.pick(this.#centres);
    if (random.chance(0.1)) this.#hostile?.act(this.#now);
    const dice = random.below(100);
    if (dice < 30) this.#read(operator);
    else if (dice < 45) this.#send(operator, operator.vote(this.#now));
    else if (dice < 60) this.#send(operator, operator.count(this.#now));
    else if (dice < 84) this.#post.deliverOne();
    else if (dice < 88) {
      const epoch = random.chance(0.8) ? operator.nextEpoch(this.#now) : 2 + random.below(5);
      this.#send(operator, [operator.propose(epoch, this.#now, PATIENCE)]);
    } else if (dice < 91) this.#send(operator, operator.act());
    else if (dice < 93) this.#send(operator, operator.prune());
    else this.#fault(operator, other);
  }

  #fault(operator: OperatorModel, other: CentreModel): void {
    switch (this.#random.below(7)) {
      case 0:
        operator.crash();
        return;
      case 1:
        other.up = false;
        return;
      case 2:
      case 3:
        for (const centre of this.#centres) centre.up = true;
        return;
      case 4:
        this.#cuts.cut(operator.home.name, other.name);
        return;
      case 5:
        this.#cuts.heal();
        return;
      default:
        operator.skew = Math.round(this.#random.between(-WORST_SKEW, WORST_SKEW));
    }
  }

  /** Hears from every centre that can be reached, of some only the beginning of what is new. */
  #read(operator: OperatorModel): void {
    for (const centre of this.#centres) {
      if (!centre.up || this.#cuts.has(operator.home.name, centre.name)) continue;
      operator.read(centre, this.#random.chance(0.3) ? this.#random.below(4) : undefined);
    }
  }

  #send({ home }: OperatorModel, requests: readonly ApiRequest[]): void {
    this.#post.send(home, requests);
  }

  #someMajority(): CentreModel[] {
    const placed = this.#centres.map((centre) => ({ centre, place: this.#random.next() }));
    placed.sort((one, next) => one.place - next.place);
    return placed.slice(0, quorumOf(this.#centres.length)).map(({ centre }) => centre);
  }
}
