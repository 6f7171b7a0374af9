import { findCondition } from '../../../api/index.ts';
import { statusOf } from '../../controller/status-draft.ts';
import { keyOf } from '../../objects/api-object.ts';
import type { MemoryApiServer } from '../../testing/memory-api/memory-api-server.ts';
import { isOf } from '../../testing/memory-api/selects.ts';
import { wishType } from '../../testing/wish-kind.ts';
import type { World } from '../world.ts';
import { grantType, type RunObserver } from './wish-operator.ts';

/** A key is in work at one worker of a process at most. */
export function demandOneWorkerPerKey(world: World): RunObserver {
  const running = new Set<string>();
  return {
    begins: (process, key) => {
      const run = `${process} ${key}`;
      if (running.has(run)) world.accuse('no key on two workers', run);
      running.add(run);
    },
    ends: (process, key) => {
      running.delete(`${process} ${key}`);
    },
  };
}

/** What a status says was granted has been granted, at the moment at which it says so. */
export function demandHonestStatus(world: World, server: MemoryApiServer): void {
  const granted = new Set<string>();
  server.log.listen(({ type, object }) => {
    if (isOf(grantType, object)) granted.add(`${keyOf(object)} ${grantType.keep(object).data.number}`);
    if (!isOf(wishType, object) || type === 'deleted') return;
    const { seen } = statusOf(wishType.keep(object));
    if (typeof seen === 'number' && !granted.has(`${keyOf(object)} ${seen}`))
      world.accuse('a status is never ahead of the world', `${keyOf(object)} says ${seen}`);
  });
}

/** When all is calm, every status tells of the spec as it is, and of nothing else. */
export function demandNothingLost(world: World, server: MemoryApiServer): void {
  const wrongWith = (): string | undefined => {
    for (const object of server.list(wishType)) {
      const wish = wishType.keep(object);
      const { number } = wish.spec;
      const { generation = 0 } = wish.metadata;
      const status = statusOf(wish);
      const type = number < 0 ? 'Stalled' : 'Ready';
      const settled = findCondition(status.conditions?.slice(), type, generation)?.status === 'True';
      const grant = server.find(grantType, keyOf(wish));
      const isGranted = grant !== undefined && grantType.keep(grant).data.number === number;
      const isTold = status.observedGeneration === generation && (number < 0 || status['seen'] === number);
      if (!settled || !isTold || (number >= 0 && !isGranted))
        return `${keyOf(wish)} = ${number} at generation ${generation}: ${JSON.stringify(status)}`;
    }
    return undefined;
  };
  world.demand({ name: 'no key is lost', atRest: wrongWith });
}
