import { overlaps, parseCidr } from '../../operators/api/values/address-range.ts';
import type { LabInstance } from '../instance.ts';
import type { Link, Route } from './ip.ts';
import { centreNamePattern, LINK_GROUP } from './link-names.ts';

/** What this machine's network looks like, as far as an instance could collide with it; networks in CIDR form. */
export interface HostNetwork {
  readonly links: readonly Link[];
  readonly addresses: readonly { readonly link: string; readonly network: string }[];
  readonly routes: readonly Route[];
}

/** One sentence for each thing on the machine that uses a name or an address of the instance and is not the instance's. */
export function findConflicts(instance: LabInstance, host: HostNetwork): readonly string[] {
  const ours = new Set(
    host.links
      .filter((link) => link.group === String(LINK_GROUP) && belongsTo(instance, link.ifname))
      .map((link) => link.ifname),
  );
  const networks = [instance.nodeCidr, ...instance.centres.map((centre) => centre.podCidr)].map(parseCidr);
  const collides = (network: string): boolean => networks.some((own) => overlaps(own, parseCidr(network)));
  const foreign = (link: string | undefined): boolean => link === undefined || !ours.has(link);
  return [
    ...host.links
      .filter((link) => belongsTo(instance, link.ifname) && foreign(link.ifname))
      .map((link) => `a network link named ${link.ifname}, which the lab did not make`),
    ...host.addresses
      .filter((address) => foreign(address.link) && collides(address.network))
      .map((address) => `address ${address.network} on link ${address.link}`),
    ...host.routes
      .filter((route) => foreign(route.dev) && collides(route.dst))
      .map((route) => `a route to ${route.dst}${route.dev === undefined ? '' : ` by link ${route.dev}`}`),
  ];
}

function belongsTo(instance: LabInstance, link: string): boolean {
  return link === instance.bridge || centreNamePattern(instance.name).test(link);
}
