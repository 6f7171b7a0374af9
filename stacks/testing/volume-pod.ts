import type { V1PersistentVolume, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/** A claim of the tenant `population`, as a database of it would make one. */
export const claim: KubernetesObject & V1PersistentVolumeClaim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { namespace: 'population', name: 'data' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** A volume that is bound to a claim of a namespace. */
export function volume(
  persistentVolumeReclaimPolicy: 'Delete' | 'Retain',
  namespace: string,
): KubernetesObject & V1PersistentVolume {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'zaibei-test-retain' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy,
      hostPath: { path: '/nowhere' },
      claimRef: { namespace, name: 'data' },
    },
  };
}

/** A pod of the tenant `population` that runs a shell command with the claim at `/data`. */
export function pod(name: string, command: string): KubernetesObject & V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'population', name },
    spec: {
      restartPolicy: 'Never',
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1000,
        fsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'shell',
          image: 'zaibei/debian:1',
          imagePullPolicy: 'Never',
          command: ['/bin/sh', '-ec', command],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
  };
}
