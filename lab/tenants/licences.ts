import type { V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import { DEBIAN_IMAGE } from '../images/image-recipes.ts';
import { CLERK, FILL_LIBRARY, LICENCE_FOLDERS } from './licence-scripts.ts';
import { RESTRICTED_CONTAINER, restrictedPod } from './restricted-pod.ts';
import type { SampleTenant, TenantPods, TenantSizes } from './sample-tenant.ts';

/** Namespace of the licence library, and name of its workload and of its claim; as in its Dataset. */
export const LICENCES = 'licences';

/** Where the pods of the library are. */
export const LICENCE_PODS: TenantPods = { name: LICENCES, podLabels: { app: LICENCES } };

/** Where the scripts of the library are in its pod. */
const SCRIPTS = '/scripts';

/** The clerk of the library, as a command in its pod. */
export const CLERK_COMMAND: readonly string[] = ['/bin/bash', `${SCRIPTS}/clerk.sh`];

/** User and group to whom the files belong. */
const CLERK_USER = 1000;

/** The licence library (电子证照): many small files on a volume, and one pod that works with them. */
export function licenceTenant({ licences, licenceBytes }: TenantSizes): SampleTenant {
  const metadata = { namespace: LICENCES, name: LICENCES };
  const { podLabels } = LICENCE_PODS;
  const mounts = [
    { name: 'files', mountPath: LICENCE_FOLDERS.volume },
    { name: 'scripts', mountPath: SCRIPTS, readOnly: true },
  ];
  const container = {
    ...RESTRICTED_CONTAINER,
    image: DEBIAN_IMAGE,
    // Room for what has been written and is not on the disk yet.
    resources: { requests: { cpu: '20m', memory: '32Mi' }, limits: { cpu: '1', memory: '512Mi' } },
    volumeMounts: mounts,
  };
  const pod: V1PodSpec = {
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 1,
    securityContext: restrictedPod(CLERK_USER, CLERK_USER),
    initContainers: [
      {
        ...container,
        name: 'fill',
        command: ['/usr/bin/perl', `${SCRIPTS}/fill.pl`],
        env: [
          { name: 'COUNT', value: String(licences) },
          { name: 'BYTES', value: String(licenceBytes) },
        ],
      },
    ],
    containers: [{ ...container, name: 'clerk', command: ['/bin/sleep', 'infinity'] }],
    volumes: [
      { name: 'files', persistentVolumeClaim: { claimName: LICENCES } },
      { name: 'scripts', configMap: { name: LICENCES } },
    ],
  };
  const deployment: V1Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      // The volume is for one pod.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: podLabels },
      template: { metadata: { labels: podLabels }, spec: pod },
    },
  };
  return {
    ...LICENCE_PODS,
    workload: `deployment/${LICENCES}`,
    objects: [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'fill.pl': FILL_LIBRARY, 'clerk.sh': CLERK } },
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata,
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } } },
      },
      deployment,
    ],
  };
}
