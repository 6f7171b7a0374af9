import { leaseType } from '../../leadership/lease.ts';
import type { MemoryApiServer } from '../../testing/memory-api/memory-api-server.ts';
import { isOf } from '../../testing/memory-api/selects.ts';
import { isWrite } from '../simulated-wire.ts';
import type { World } from '../world.ts';
import { LEASE } from './wish-operator.ts';

/** Whatever a process writes arrives while it holds the lease. */
export function demandLeaseForWrites(world: World, server: MemoryApiServer): void {
  let holder: string | undefined;
  server.log.listen(({ object }) => {
    if (isOf(leaseType, object)) holder = leaseType.keep(object).spec?.holderIdentity;
  });
  world.onArrival.push((process, call) => {
    if (!isWrite(call) || call.object === `Lease ${LEASE}` || process === holder) return;
    const truth = holder === undefined ? 'nobody holds the lease' : `${holder} holds the lease`;
    world.accuse('no write after the lease is lost', `${process}: ${call.verb} ${call.object}, and ${truth}`);
  });
}
