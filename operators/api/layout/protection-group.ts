import type { Dataset } from '../kinds/dataset.ts';

/** A Dataset, as far as it says with which others it moves. */
interface Grouped {
  readonly metadata: { readonly namespace?: string | undefined };
  readonly spec: Pick<Dataset['spec'], 'protectionGroup'>;
}

/** The group of a dataset, which is the key of its Placement too: `namespace/group`. */
export function groupOf({ metadata, spec }: Grouped): string {
  return `${metadata.namespace ?? ''}/${spec.protectionGroup}`;
}
