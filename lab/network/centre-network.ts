import { attempt } from '../execute.ts';
import type { LabCentre, LabInstance } from '../instance.ts';
import { peersOf } from '../centre/machine.ts';
import { ipBatch, listLinks } from './ip.ts';
import { hardwareAddress, LINK_GROUP, linkTo } from './link-names.ts';
import { type LinkSettings, readLinkSettings, settingsOf } from './link-settings.ts';
import { ensureNamespace, findNamespaces, namespaceExists } from './namespaces.ts';
import { blackholeRoutes, hostRoute, peerRoutes } from './routes.ts';
import { shapeLink } from './shape.ts';

/** Makes the bridge by which this machine reaches the centres of the instance. Doing it again changes nothing. */
export async function raiseBridge(instance: LabInstance): Promise<void> {
  const links = await listLinks();
  await ipBatch([
    ...(links.some((link) => link.ifname === instance.bridge)
      ? []
      : [`link add name ${instance.bridge} group ${LINK_GROUP} type bridge`]),
    `address replace ${instance.hostAddress}/${instance.nodeCidr.split('/')[1] ?? '24'} dev ${instance.bridge}`,
    `link set ${instance.bridge} up`,
  ]);
}

/**
 * Gives a centre its network: a namespace, a port on the bridge, and the links to those peers that have power, each
 * as it was last set. Doing it again changes nothing.
 */
export async function raiseCentreNetwork(instance: LabInstance, centre: LabCentre): Promise<void> {
  const port = centre.namespace;
  await ensureNamespace(centre.namespace);
  const hostLinks = await listLinks();
  await ipBatch([
    ...(hostLinks.some((link) => link.ifname === port)
      ? []
      : [
          `link add name ${port} group ${LINK_GROUP} type veth ` +
            `peer name eth0 address ${hardwareAddress(centre)} netns ${centre.namespace}`,
        ]),
    `link set ${port} master ${instance.bridge} up`,
    // Ports that are isolated do not talk to each other: centres meet only over their links.
    `link set ${port} type bridge_slave isolated on`,
    hostRoute(instance, centre),
  ]);
  await ipBatch(
    [
      'link set lo up',
      `address replace ${centre.nodeAddress}/${instance.nodeCidr.split('/')[1] ?? '24'} dev eth0`,
      'link set eth0 up',
      ...blackholeRoutes(instance, centre),
    ],
    centre.namespace,
  );
  const settings = await readLinkSettings(instance);
  for (const peer of peersOf(instance, centre)) {
    if (!namespaceExists(peer.namespace)) continue;
    await raiseLink(centre, peer);
    await applyLinkSettings(centre, peer, settingsOf(settings, centre, peer));
  }
}

/** Makes the pair of network links between two centres unless it is there. */
async function raiseLink(a: LabCentre, b: LabCentre): Promise<void> {
  const there = await listLinks(a.namespace);
  if (there.some((link) => link.ifname === linkTo(b))) return;
  await ipBatch([
    `link add name ${linkTo(b)} netns ${a.namespace} type veth peer name ${linkTo(a)} netns ${b.namespace}`,
  ]);
}

/** Puts a link between two centres that have power into the state that is asked for: up or down, and how wide. */
export async function applyLinkSettings(a: LabCentre, b: LabCentre, settings: LinkSettings): Promise<void> {
  for (const [here, there] of [
    [a, b],
    [b, a],
  ] as const) {
    const device = linkTo(there);
    await ipBatch(
      settings.cut ? [`link set ${device} down`] : [`link set ${device} alias ${there.name} up`],
      here.namespace,
    );
    await shapeLink(here.namespace, device, settings.bitsPerSecond);
  }
  if (settings.cut) return;
  // Only now, since a route needs its link up, and up it is only with both ends.
  await ipBatch(peerRoutes(a, b), a.namespace);
  await ipBatch(peerRoutes(b, a), b.namespace);
}

/**
 * Takes a centre's network away: the namespace with everything in it (links, routes, packet filter, connections), as
 * a machine without power has none. No process may be left in it.
 */
export async function lowerCentreNetwork(namespace: string): Promise<void> {
  // Deleting the name frees the namespace some time later; the links are deleted now, so that they can be made again.
  await attempt('ip', ['link', 'delete', namespace]);
  if (namespaceExists(namespace)) {
    for (const { ifname } of await listLinks(namespace).catch(() => [])) {
      if (ifname.startsWith('to-')) await attempt('ip', ['-netns', namespace, 'link', 'delete', ifname]);
    }
    await attempt('ip', ['netns', 'delete', namespace]);
  }
}

/** Removes the bridge and every network namespace of an instance, found by their names; a stranger's link is left alone. */
export async function lowerInstanceNetwork(instance: string, bridge: string): Promise<void> {
  for (const namespace of findNamespaces(instance)) await lowerCentreNetwork(namespace);
  for (const link of await findHostLinks(instance, bridge)) await attempt('ip', ['link', 'delete', link]);
}

/** Links of the instance on the machine's side: its bridge and the bridge's ports. */
export async function findHostLinks(instance: string, bridge: string): Promise<readonly string[]> {
  const links = await listLinks();
  return links
    .filter((link) => link.group === String(LINK_GROUP))
    .map((link) => link.ifname)
    .filter((name) => name === bridge || name.replace(/-\d+$/, '') === `zb-${instance}`);
}
