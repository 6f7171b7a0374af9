import { type LabCentre, type LabInstance } from '../instance.ts';
import { peersOf } from '../centre/machine.ts';
import { linkTo } from './link-names.ts';

/** Any real route has a lower one. */
const LAST_RESORT = 4096;

/**
 * Routes by which a centre reaches a peer's node and pods over their own link, as lines for `ip -batch`. Link down
 * deletes them, so they are set each time the link comes up.
 */
export function peerRoutes(centre: LabCentre, peer: LabCentre): readonly string[] {
  const device = linkTo(peer);
  return [
    `route replace ${peer.nodeAddress}/32 dev ${device} src ${centre.nodeAddress}`,
    `route replace ${peer.podCidr} via ${peer.nodeAddress} dev ${device} onlink src ${centre.nodeAddress}`,
  ];
}

/**
 * Routes that swallow what is for a peer while the link to it is down: packets of a cut link vanish, as on a real
 * long-distance line, instead of being refused or finding a way round through the bridge.
 */
export function blackholeRoutes(instance: LabInstance, centre: LabCentre): readonly string[] {
  return peersOf(instance, centre).flatMap((peer) => [
    `route replace blackhole ${peer.nodeAddress}/32 metric ${LAST_RESORT}`,
    `route replace blackhole ${peer.podCidr} metric ${LAST_RESORT}`,
  ]);
}

/** Route by which this machine reaches a centre's pods, for a person who looks. */
export function hostRoute(instance: LabInstance, centre: LabCentre): string {
  return `route replace ${centre.podCidr} via ${centre.nodeAddress} dev ${instance.bridge}`;
}
