import type { V1Deployment } from '@kubernetes/client-node';
import { DEBIAN_IMAGE } from '../images/image-recipes.ts';
import { RESTRICTED_CONTAINER, restrictedPod } from './restricted-pod.ts';
import type { SampleTenant, TenantPods } from './sample-tenant.ts';

const NAME = 'registrations';

/** Where the pods of the department are. */
export const FORGOTTEN_PODS: TenantPods = { name: 'civil-affairs', podLabels: { app: NAME } };

/** Notes a registration every ten seconds. */
const REGISTER = 'while sleep 10; do date --utc +%FT%TZ >> /registrations/register; done';

/**
 * A department that nobody has thought of: it keeps its registrations on a volume that no Dataset names. The list of what is
 * uncovered must tell of it.
 */
export function forgottenTenant(): SampleTenant {
  const { name: namespace, podLabels } = FORGOTTEN_PODS;
  const metadata = { namespace, name: NAME };
  const deployment: V1Deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: podLabels },
      template: {
        metadata: { labels: podLabels },
        spec: {
          automountServiceAccountToken: false,
          terminationGracePeriodSeconds: 1,
          securityContext: restrictedPod(1000, 1000),
          containers: [
            {
              ...RESTRICTED_CONTAINER,
              name: 'clerk',
              image: DEBIAN_IMAGE,
              command: ['/bin/bash', '-c', REGISTER],
              resources: {
                requests: { cpu: '10m', memory: '16Mi' },
                limits: { cpu: '100m', memory: '64Mi' },
              },
              volumeMounts: [{ name: 'registrations', mountPath: '/registrations' }],
            },
          ],
          volumes: [{ name: 'registrations', persistentVolumeClaim: { claimName: NAME } }],
        },
      },
    },
  };
  return {
    ...FORGOTTEN_PODS,
    workload: `deployment/${NAME}`,
    objects: [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata,
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '256Mi' } } },
      },
      deployment,
    ],
  };
}
