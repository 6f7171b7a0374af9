import type { Dataset } from '../../api/index.ts';
import { groupOf } from '../../api/layout/protection-group.ts';
import type { Live, ObjectKey, Reader } from '../../runtime/index.ts';

const INDEX = 'protection/group';

/** Datasets by the group with which they move. */
export class ProtectionGroups {
  readonly #datasets: Reader<Live<Dataset>>;

  constructor(datasets: Reader<Live<Dataset>>) {
    this.#datasets = datasets;
    datasets.index(INDEX, (dataset) => [groupOf(dataset)]);
  }

  /** The datasets of a group. @param key `namespace/group` */
  members(key: ObjectKey): readonly Live<Dataset>[] {
    return this.#datasets.having(INDEX, key);
  }
}
