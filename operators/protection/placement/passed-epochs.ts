import { placementSubject, type Vote } from '../../api/index.ts';
import { splitKey, type Live, type ObjectKey, type Reader } from '../../runtime/index.ts';
import type { NoRoles } from './designed-roles.ts';

const INDEX = 'protection/vote-subject';

/**
 * What this centre has voted on for the roles of groups. The last of them is never deleted, so it outlives a Placement that somebody
 * deleted, and keeps it from being made anew at epoch 1 with the roles of before a takeover.
 */
export class PassedEpochs {
  readonly #votes: Reader<Live<Vote>>;

  constructor(votes: Reader<Live<Vote>>) {
    this.#votes = votes;
    votes.index(INDEX, ({ spec }) => [spec.subject]);
  }

  /** Why the designed roles of a group are past; undefined: nothing is known against them. @param key `namespace/group` */
  passed(key: ObjectKey): NoRoles | undefined {
    const epochs = this.#votes.having(INDEX, subjectOf(key)).map(({ spec }) => spec.epoch);
    if (epochs.length === 0) return undefined;
    const message = `The Placement ${key} is gone, and this centre has voted on its epoch ${Math.max(...epochs)}: write it again as the other centres have it.`;
    return { reason: 'PlacementLost', message };
  }
}

function subjectOf(key: ObjectKey): string {
  const { namespace = '', name } = splitKey(key);
  return placementSubject(namespace, name);
}
