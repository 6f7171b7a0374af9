import path from 'node:path';
import { type Component, flags } from './component.ts';
import type { Machine } from './machine.ts';

/**
 * kube-scheduler: gives each new pod a node. With one node that sounds idle, but it is also what says "Insufficient
 * memory", and what picks a volume for a claim that waits for its first consumer.
 */
export function kubeScheduler({ paths, toolchain }: Machine): Component {
  const kubeconfig = path.join(paths.pki, 'kube-scheduler.kubeconfig');
  return {
    name: 'kube-scheduler',
    startsWith: 'api-server',
    files: [],
    command: [
      toolchain.programs['kube-scheduler'],
      ...flags({
        kubeconfig,
        'authentication-kubeconfig': kubeconfig,
        'authorization-kubeconfig': kubeconfig,
        'bind-address': '127.0.0.1',
        'leader-elect': false,
        profiling: false,
      }),
    ],
  };
}
