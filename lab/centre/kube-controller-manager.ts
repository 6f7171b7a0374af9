import path from 'node:path';
import { type Component, flags } from './component.ts';
import type { Machine } from './machine.ts';

/**
 * kube-controller-manager: the loops that make what is be what was asked for: Deployment to ReplicaSet to pods,
 * endpoints of Services, claims bound to volumes, objects of a deleted namespace removed, Jobs counted.
 */
export function kubeControllerManager({ centre, paths, toolchain }: Machine): Component {
  const pki = (file: string): string => path.join(paths.pki, file);
  const kubeconfig = pki('kube-controller-manager.kubeconfig');
  return {
    name: 'kube-controller-manager',
    startsWith: 'api-server',
    files: [],
    command: [
      toolchain.programs['kube-controller-manager'],
      ...flags({
        kubeconfig,
        'authentication-kubeconfig': kubeconfig,
        'authorization-kubeconfig': kubeconfig,
        'bind-address': '127.0.0.1',
        // Each loop acts under a service account of its own, which may do only what that loop needs.
        'use-service-account-credentials': true,
        'service-account-private-key-file': pki('service-account.key'),
        'root-ca-file': pki('ca.crt'),
        'cluster-signing-cert-file': pki('ca.crt'),
        'cluster-signing-key-file': pki('ca.key'),
        // The centre has one node, which gets the whole pod network.
        'allocate-node-cidrs': true,
        'cluster-cidr': centre.podCidr,
        'node-cidr-mask-size': 24,
        // It would make this folder at a place of the machine's.
        'flex-volume-plugin-dir': path.join(paths.kubelet, 'volume-plugins'),
        // Its forty loops ask for tokens at once when they start; held to the usual 20 requests a second they would
        // need five seconds for it.
        'kube-api-qps': 200,
        'kube-api-burst': 400,
        // There is one of it; an election would only delay its start.
        'leader-elect': false,
        profiling: false,
      }),
    ],
  };
}
