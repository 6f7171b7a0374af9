import type { V1Pod } from '@kubernetes/client-node';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/** A pod that opens one connection, and ends well when it is accepted, and else badly. */
export function askingPod(
  { namespace, labels = {} }: { readonly namespace: string; readonly labels?: Record<string, string> },
  name: string,
  address: string,
): KubernetesObject & V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'asks',
          image: 'zaibei/agnhost:1',
          imagePullPolicy: 'Never',
          args: ['connect', '--timeout=5s', address],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
