import { datasetKind, type Dataset } from '../../../api/index.ts';
import { parseExample } from '../../../api/kinds/examples/example.ts';
import type { Live } from '../../../runtime/index.ts';

/** The dataset of the examples as an API server has it, with another spec or status, at a generation. */
export function liveDataset(
  differs: Partial<Pick<Dataset, 'spec' | 'status'>>,
  generation = 1,
): Live<Dataset> {
  const example = datasetKind.schema.parse(parseExample(datasetKind));
  return {
    ...example,
    ...differs,
    metadata: { ...example.metadata, uid: 'u', resourceVersion: String(generation), generation },
  };
}
