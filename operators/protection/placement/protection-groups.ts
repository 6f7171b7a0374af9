import type { Dataset } from '../../api/index.ts';
import type { Live, ObjectKey, Reader } from '../../runtime/index.ts';

const INDEX = 'protection/group';

/** The key of a dataset's group, which is that of its Placement too: `namespace/group`. */
export function groupOf({ metadata, spec }: Live<Dataset>): ObjectKey {
  return `${metadata.namespace ?? ''}/${spec.protectionGroup}`;
}

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
