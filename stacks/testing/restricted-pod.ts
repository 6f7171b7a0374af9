import type { V1Container, V1Pod, V1PodSecurityContext, V1Volume } from '@kubernetes/client-node';
import type { KubernetesObject, ObjectMetadata } from '../render/kubernetes-object.ts';

/** What the pod security standard `restricted` asks of a pod. Files of its volumes are for its group. */
export const RESTRICTED_POD: V1PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  fsGroup: 1000,
  seccompProfile: { type: 'RuntimeDefault' },
};

/** What it asks of a container. */
export const RESTRICTED_CONTAINER = {
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
} satisfies Partial<V1Container>;

/** What a pod of a test does: once, to its end. */
export interface Errand {
  readonly image: string;
  readonly command: readonly string[];
  /** The volumes that it works with, and where it finds each. */
  readonly mounts?: readonly { readonly volume: V1Volume; readonly at: string }[];
}

/** A restricted pod of images of the lab that runs an errand. */
export function restrictedPod(
  metadata: ObjectMetadata,
  { image, command, mounts = [] }: Errand,
): KubernetesObject & V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: RESTRICTED_POD,
      containers: [
        {
          ...RESTRICTED_CONTAINER,
          name: 'errand',
          image,
          imagePullPolicy: 'Never',
          command: [...command],
          volumeMounts: mounts.map(({ volume: { name }, at }) => ({ name, mountPath: at })),
        },
      ],
      volumes: mounts.map(({ volume }) => volume),
    },
  };
}
