import path from 'node:path';
import { type Component, flags } from './component.ts';
import type { Machine } from './machine.ts';

/**
 * The enforcer of network policies: Kubernetes only stores them, what acts on them is part of a network plugin, and
 * the lab's plugin (CNI `bridge`) has none. See lab/netpol/.
 */
export function networkPolicies({ centre, paths }: Machine): Component {
  return {
    name: 'network-policies',
    startsWith: 'power',
    files: [],
    command: [
      process.execPath,
      path.resolve(import.meta.dirname, '../netpol/main.ts'),
      ...flags({ kubeconfig: path.join(paths.pki, 'lab.kubeconfig'), 'pod-network': centre.podCidr }),
    ],
  };
}
