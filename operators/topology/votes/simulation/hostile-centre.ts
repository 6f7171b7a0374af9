import type { SeededRandom } from '../../../runtime/simulation/seeded-random.ts';
import { possibleEpoch } from '../known-epochs.ts';
import type { CentreModel } from './centre-model.ts';
import type { OperatorModel } from './operator-model.ts';

/** How long its claims are open, in milliseconds: as long as it likes. */
const FOR_EVER = 1e10;

/**
 * What somebody does who has taken over a centre and wants the others never to agree: claims above everything that it hears, again
 * and again, votes for none but itself, and tells epochs that nobody has come to. Its own API it has in its hands; the others it
 * can only read.
 */
export class HostileCentre {
  readonly #operator: OperatorModel;
  readonly #centres: readonly CentreModel[];
  readonly #random: SeededRandom;

  constructor(operator: OperatorModel, centres: readonly CentreModel[], random: SeededRandom) {
    this.#operator = operator;
    this.#centres = centres;
    this.#random = random;
  }

  act(now: number): void {
    const { home } = this.#operator;
    for (const centre of this.#centres) this.#operator.read(centre);
    const next = this.#operator.nextEpoch(now);
    const leap = this.#random.pick([0, 0, 0, 1_000_000, possibleEpoch(now) - next]);
    for (let above = this.#random.below(4); above >= 0; above -= 1)
      home.take(this.#operator.propose(next + leap + above, now, FOR_EVER));
    const told = this.#random.pick([
      next,
      next + 5,
      next + 2_000,
      possibleEpoch(now),
      Number.MAX_SAFE_INTEGER,
    ]);
    if (this.#random.chance(0.3)) home.take({ kind: 'placed', epoch: told });
  }
}
