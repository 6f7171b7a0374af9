import { topologyKind } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import { resourceTypeOf, type NewObject } from '../../runtime/index.ts';

/** How topologies are reached. */
export const topologies = resourceTypeOf(topologyKind);

/** A topology as the stacks write it. The example is a whole document of its kind. */
export const TOPOLOGY = parseExample(topologyKind) as unknown as NewObject;

/** Name of the first of its centres. */
export const CENTRE = topologyKind.spec.parse(parseExample(topologyKind)['spec']).centres[0]?.name ?? '';
