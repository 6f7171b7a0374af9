import type { V1PersistentVolume, V1PersistentVolumeClaim, V1Pod } from '@kubernetes/client-node';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import { restrictedPod } from './restricted-pod.ts';

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
  const data = { name: 'data', persistentVolumeClaim: { claimName: claim.metadata.name } };
  return restrictedPod(
    { namespace: 'population', name },
    {
      image: 'zaibei/debian:1',
      command: ['/bin/sh', '-ec', command],
      mounts: [{ volume: data, at: '/data' }],
    },
  );
}
