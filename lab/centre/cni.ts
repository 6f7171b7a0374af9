import path from 'node:path';
import type { ConfigFile } from './component.ts';
import type { Machine } from './machine.ts';

/** Where Debian's containernetworking-plugins puts the plugins. */
export const CNI_PLUGINS = '/usr/lib/cni';

/** Folder with the network configuration that containerd reads. */
export function cniDirectory(paths: Machine['paths']): string {
  return path.join(paths.config, 'cni');
}

/**
 * The pod network (CNI, the container network interface): each pod gets a veth pair to the bridge `cni0` and an
 * address of the centre's pod network. Addresses are not masqueraded: a pod is seen under its own address in every
 * centre, so rules by pod network (pg_hba, network policies) mean what they say.
 */
export function podNetwork({ centre, paths }: Machine): ConfigFile {
  return {
    path: path.join(cniDirectory(paths), '10-pods.conflist'),
    content: {
      cniVersion: '0.4.0',
      name: 'pods',
      plugins: [
        {
          type: 'bridge',
          bridge: 'cni0',
          isGateway: true,
          ipMasq: false,
          // A pod may reach itself through its own Service.
          hairpinMode: true,
          ipam: {
            type: 'host-local',
            // On /run: after a power cut there are no pods, so no address may still be taken.
            dataDir: '/run/cni-addresses',
            ranges: [[{ subnet: centre.podCidr }]],
            routes: [{ dst: '0.0.0.0/0' }],
          },
        },
        // Pods have IPv4 only; left on, link-local IPv6 would be a way between pods that no policy speaks of.
        { type: 'tuning', sysctl: { 'net.ipv6.conf.all.disable_ipv6': '1' } },
      ],
    },
  };
}
