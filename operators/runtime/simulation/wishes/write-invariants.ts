import { conditionOf } from '../../conditions/statement.ts';
import { statusOf, type AnyStatus } from '../../controller/status-draft.ts';
import type { MemoryApiServer } from '../../testing/memory-api/memory-api-server.ts';
import { isOf } from '../../testing/memory-api/selects.ts';
import { wishType } from '../../testing/wish-kind.ts';
import { isWrite } from '../simulated-wire.ts';
import type { World } from '../world.ts';

/**
 * Who reads a status is told no less than before: what it has judged never becomes older, whichever process writes, and the
 * time of a condition moves only with its status.
 */
export function demandSteadyStatus(world: World, server: MemoryApiServer): void {
  const last = new Map<string, AnyStatus>();
  server.log.listen(({ object }) => {
    if (!isOf(wishType, object)) return;
    const { uid } = object.metadata;
    const status = statusOf(wishType.keep(object));
    const before = last.get(uid);
    last.set(uid, status);
    const judged = status.observedGeneration ?? Infinity;
    if (judged < (before?.observedGeneration ?? 0))
      world.accuse('a status never becomes older', `${uid} is back at generation ${judged}`);
    for (const condition of status.conditions ?? []) {
      const earlier = conditionOf(before?.conditions, condition.type);
      if (earlier?.status !== condition.status) continue;
      if (earlier.lastTransitionTime !== condition.lastTransitionTime)
        world.accuse('a condition keeps its time while its status stays', `${uid} ${condition.type}`);
    }
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
