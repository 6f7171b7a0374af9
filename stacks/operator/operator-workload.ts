import type {
  V1Container,
  V1Deployment,
  V1PersistentVolumeClaim,
  V1PodDisruptionBudget,
  V1PodSpec,
} from '@kubernetes/client-node';
import type { Site } from '../../operators/api/kinds/site.ts';
import type { Centre } from '../../operators/api/kinds/topology.ts';
import { OPERATOR } from '../../operators/api/layout/identities.ts';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { JOURNAL_FOLDER } from '../../operators/api/layout/operator-program.ts';
import { OPERATOR_PORT } from '../../operators/api/layout/ports.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/** How a site runs its operators. */
export type OperatorSettings = NonNullable<Site['spec']['operator']>;

/** Claim of the volume that holds the centre's journal. */
const JOURNAL_CLAIM = 'zaibei-journal';

/** User and group of the process; also the group of the journal's files. */
const NOBODY = 65_532;

const labels = { [LABELS.name]: OPERATOR };

const metadata = { namespace: SYSTEM_NAMESPACE, name: OPERATOR };

/**
 * The operator of a centre: two of it, of which the one that holds the lease works and the other stands by with everything
 * read; the volume of the journal; and the promise that a drained node never takes both at once.
 */
export function operatorWorkload(settings: OperatorSettings, centre: Centre): KubernetesObject[] {
  return [journalClaim(settings), deployment(settings, centre), disruptionBudget()];
}

function journalClaim({ journal }: OperatorSettings): KubernetesObject<V1PersistentVolumeClaim> {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: SYSTEM_NAMESPACE, name: JOURNAL_CLAIM },
    spec: {
      accessModes: [journal.accessMode],
      storageClassName: journal.storageClass,
      resources: { requests: { storage: journal.size } },
    },
  };
}

function deployment(settings: OperatorSettings, centre: Centre): KubernetesObject<V1Deployment> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      // The old ones go one by one, each after a new one is ready: somebody always can lead.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: { metadata: { labels }, spec: podSpec(settings, centre) },
    },
  };
}

function podSpec(settings: OperatorSettings, centre: Centre): V1PodSpec {
  return {
    serviceAccountName: OPERATOR,
    // The account itself gives its token to no pod that does not ask.
    automountServiceAccountToken: true,
    priorityClassName: OPERATOR,
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: NOBODY,
      runAsGroup: NOBODY,
      fsGroup: NOBODY,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: labels },
      },
    ],
    containers: [container(settings, centre)],
    volumes: [{ name: 'journal', persistentVolumeClaim: { claimName: JOURNAL_CLAIM } }],
  };
}

function container({ image, moverImage }: OperatorSettings, centre: Centre): V1Container {
  return {
    name: 'operator',
    image,
    imagePullPolicy: 'IfNotPresent',
    env: [
      { name: 'ZAIBEI_CENTRE', value: centre.name },
      { name: 'ZAIBEI_JOURNAL', value: JOURNAL_FOLDER },
      ...(moverImage === undefined ? [] : [{ name: 'ZAIBEI_MOVER_IMAGE', value: moverImage }]),
      { name: 'ZAIBEI_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'ZAIBEI_POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    ports: [{ name: 'http', containerPort: OPERATOR_PORT, protocol: 'TCP' }],
    livenessProbe: { httpGet: { path: '/livez', port: 'http' }, periodSeconds: 10, failureThreshold: 3 },
    readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 5, failureThreshold: 2 },
    // Memory for 2 000 datasets and 10 000 backups, doubled: an operator that is killed for it protects nothing.
    resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: 'journal', mountPath: JOURNAL_FOLDER }],
  };
}

function disruptionBudget(): KubernetesObject<V1PodDisruptionBudget> {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  };
}
