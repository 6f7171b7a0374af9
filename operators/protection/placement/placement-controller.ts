import { placementKind, type Placement } from '../../api/index.ts';
import { groupOf } from '../../api/layout/protection-group.ts';
import {
  keyOf,
  type ControllerDefinition,
  type Identity,
  type Live,
  type ObjectKey,
  type Reader,
  type Step,
} from '../../runtime/index.ts';
import type { DesiredState } from '../facts/desired-state.ts';
import { compareRoles } from './compare-roles.ts';
import { designRoles } from './designed-roles.ts';
import type { ProtectionGroups } from './protection-groups.ts';

/**
 * Tells of each Placement whether its roles are those that the topology designs, and how many datasets follow it. It never
 * changes one: they are created with the datasets of their group ({@link findOrPlace}), and then only recovery moves them.
 */
export function placementController(
  state: DesiredState,
  groups: ProtectionGroups,
  placements: Reader<Live<Placement>>,
  { centre }: Identity,
): ControllerDefinition<Placement> {
  const all = (): Iterable<ObjectKey> => [...placements.all()].map(keyOf);
  const compare: Step<Placement> = ({ object, spec, status }) => {
    const { namespace = '' } = object.metadata;
    const design = designRoles(namespace, { topology: state.topology, zones: state.zones.all() }, centre);
    const verdict = compareRoles(spec, design);
    status.condition('AsDesigned', verdict.status, verdict.reason, verdict.message);
    status.set({ datasets: groups.members(`${namespace}/${spec.group}`).length });
  };
  return {
    name: 'placement',
    kind: placementKind,
    triggers: [
      state.topologies.changes(all),
      state.zones.changes(all),
      state.datasets.changes((dataset) => [groupOf(dataset)]),
    ],
    steps: [compare],
  };
}
