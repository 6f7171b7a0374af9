import path from 'node:path';

import { flags, type Component } from '../centre/component.ts';
import type { Machine } from '../centre/machine.ts';

/**
 * The enforcer of NetworkPolicies, as the supervisor runs it. It starts with the power, before there can be pods: what it
 * does first is to shut the pod network off.
 */
export function networkPolicyEnforcer({ centre, paths }: Machine): Component {
  return {
    name: 'netpol',
    startsWith: 'power',
    files: [],
    command: [
      process.execPath,
      path.join(import.meta.dirname, 'main.ts'),
      ...flags({ kubeconfig: path.join(paths.pki, 'lab.kubeconfig'), 'pod-network': centre.podCidr }),
    ],
  };
}
