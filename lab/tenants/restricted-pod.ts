import type { V1Container, V1PodSecurityContext, V1Volume } from '@kubernetes/client-node';

/** What the pod security standard `restricted` asks of a pod, with files of its volumes for a group of its own. */
export function restrictedPod(user: number, group: number): V1PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: group,
    fsGroup: group,
    // Handing a million files over to the group at every start takes minutes.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** What it asks of a container, and a root file system that nobody can write to. No image of the lab is ever pulled. */
export const RESTRICTED_CONTAINER = {
  imagePullPolicy: 'Never',
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
  },
} as const satisfies Partial<V1Container>;

/** A place for scratch files, which a read-only root lacks. */
export const SCRATCH = { name: 'scratch', emptyDir: {} } as const satisfies V1Volume;
