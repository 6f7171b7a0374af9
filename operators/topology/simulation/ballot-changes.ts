import { claimKind, voteKind, type Claim, type Vote } from '../../api/index.ts';
import type { Live } from '../../runtime/index.ts';
import type { ChangeLog, StoredChange } from '../../runtime/testing/memory-api/change-log.ts';
import type { ClaimOnBallot, VoteOnBallot } from '../votes/ballot.ts';
import type { BallotsEver } from '../votes/simulation/invariants.ts';

/** Everything that happens to the claims and votes of a centre, and whether anything was changed or lost that must not be. */
export class BallotChanges implements BallotsEver {
  readonly centre: string;
  readonly agreed: ClaimOnBallot[] = [];
  readonly votes: VoteOnBallot[] = [];
  /** How many changes there were. */
  changes = 0;
  /** What was changed or lost first; undefined: nothing. */
  loss: string | undefined;
  readonly #standing = new Map<string, Live<Claim | Vote>>();

  /** @param log of the centre's API server, from its beginning */
  constructor(centre: string, log: ChangeLog) {
    this.centre = centre;
    log.listen((change) => {
      const { kind } = change.object;
      if (kind !== claimKind.kind && kind !== voteKind.kind) return;
      this.changes += 1;
      this.#take(change);
    });
  }

  #take({ type, object }: StoredChange): void {
    const ballot = object as Live<Claim | Vote>; // its kind was looked at
    const { uid, name } = ballot.metadata;
    const before = this.#standing.get(uid);
    if (type === 'deleted') this.#standing.delete(uid);
    else this.#standing.set(uid, ballot);
    if (before === undefined && 'voter' in ballot.spec)
      this.votes.push({ metadata: { name }, spec: ballot.spec });
    if (outcomeOf(before) === undefined && outcomeOf(ballot) === 'Agreed')
      this.agreed.push({ metadata: { name }, spec: (ballot as Live<Claim>).spec }); // only claims have an outcome
    const wrong = type === 'deleted' ? this.#lost(ballot) : changed(before, ballot);
    if (wrong !== undefined) this.loss ??= `${ballot.kind} ${name} of ${this.centre} ${wrong}`;
  }

  /** What is wrong with deleting something. */
  #lost(ballot: Live<Claim | Vote>): string | undefined {
    if (ballot.status?.record === undefined) return 'was deleted before it was recorded';
    const above = [...this.#standing.values()].filter(
      ({ kind, spec }) => kind === ballot.kind && spec.epoch > ballot.spec.epoch,
    );
    return above.length === 0 ? 'was deleted though it was the last one' : undefined;
  }
}

function changed(before: Live<Claim | Vote> | undefined, now: Live<Claim | Vote>): string | undefined {
  if (before === undefined) return undefined;
  if (JSON.stringify(before.spec) !== JSON.stringify(now.spec)) return 'has another spec';
  const [was, is] = [outcomeOf(before), outcomeOf(now)];
  return was !== undefined && was !== is ? `was ${was} and is ${is ?? 'open'}` : undefined;
}

function outcomeOf(ballot: Live<Claim | Vote> | undefined): string | undefined {
  return ballot?.status !== undefined && 'outcome' in ballot.status ? ballot.status.outcome : undefined;
}
