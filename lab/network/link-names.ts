import type { LabCentre } from '../instance.ts';

/** In a centre: the end of the link to a peer. By number, as names of links end at 15 characters. */
export function linkTo(peer: LabCentre): string {
  return `to-${peer.ordinal}`;
}

/**
 * Group number of the lab's links on the machine's side (`ip link show group 31330`). It is set in the same step that
 * makes a link, so it tells the lab's links from a stranger's of the same name even after an interrupted start.
 */
export const LINK_GROUP = 31330;

/**
 * Hardware address of a centre's port: a machine keeps it over a power cut, and whoever has talked to it goes on using
 * it for half a minute.
 */
export function hardwareAddress(centre: LabCentre): string {
  // 02: assigned by hand, not by a maker. The rest is the node's address.
  const parts = ['02', '7a', ...centre.nodeAddress.split('.').map((part) => Number(part).toString(16))];
  return parts.map((part) => part.padStart(2, '0')).join(':');
}

/** Matches the network namespaces, bridge ports and cgroups of an instance's centres, with or without a description of it. */
export function centreNamePattern(instance: string): RegExp {
  return new RegExp(`^zb-${instance}-\\d+$`);
}
