import { conditionOf } from '../../conditions/condition-set.ts';
import { statusOf, type AnyStatus } from '../../controller/status-draft.ts';
import type { MemoryApiServer } from '../../testing/memory-api/memory-api-server.ts';
import { isOf } from '../../testing/memory-api/selects.ts';
import { wishType } from '../../testing/wish-kind.ts';
import { isWrite } from '../simulated-wire.ts';
import type { World } from '../world.ts';

/** Who reads since when something holds is told the truth: one process moves the time of a condition only with its status. */
export function demandHonestTimes(world: World, server: MemoryApiServer): void {
  let writer = '';
  world.onArrival.push((process, { verb }) => {
    writer = verb === 'apply-status' ? process : '';
  });
  const last = new Map<string, { readonly writer: string; readonly status: AnyStatus }>();
  server.log.listen(({ object }) => {
    if (!isOf(wishType, object)) return;
    const { uid } = object.metadata;
    const status = statusOf(wishType.keep(object));
    const before = last.get(uid);
    for (const { type, ...condition } of status.conditions ?? []) {
      const earlier = conditionOf(before?.status.conditions, type);
      if (before?.writer !== writer || earlier?.status !== condition.status) continue;
      if (earlier.lastTransitionTime !== condition.lastTransitionTime)
        world.accuse('a condition keeps its time while its status stays', `${writer}: ${uid} ${type}`);
    }
    // A change of the spec or of a label leaves the status as it was written.
    if (before?.status !== object.status) last.set(uid, { writer, status });
    writer = '';
  });
}

/** When all is calm, nothing is written that stands already. */
export function demandQuiet(world: World): { readonly begin: () => void } {
  let writes: string[] | undefined;
  world.onArrival.push((process, call) => {
    if (isWrite(call) && !call.object.startsWith('Lease'))
      writes?.push(`${process} ${call.verb} ${call.object}`);
  });
  world.demand({ name: 'what is at rest writes nothing', atRest: () => writes?.[0] });
  return {
    begin: () => {
      writes = [];
    },
  };
}
