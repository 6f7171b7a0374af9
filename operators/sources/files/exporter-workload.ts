import type { V1Container, V1Deployment, V1PodSpec, V1Service } from '@kubernetes/client-node';
import type { Dataset } from '../../api/index.ts';
import { EXPORTER_FOLDERS } from '../../api/layout/exporter.ts';
import { OPERATOR } from '../../api/layout/identities.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { EXPORTER_PORT, EXPORTER_REPORT_PORT, NODE_PORTS } from '../../api/layout/ports.ts';
import { certificateSecretName } from '../../api/layout/source-access.ts';
import type { Live, NewObject, ObjectKey } from '../../runtime/index.ts';

/** As whom an exporter reads of whose dataset it is not said: as nobody. */
const NOBODY = 65_532;

/** Seconds that running transfers get at the end, and a few more. */
const GRACE = 30;

/** What runs beside a volume. */
export interface ExporterObjects {
  readonly deployment: NewObject & V1Deployment;
  readonly service: NewObject & V1Service;
}

/** The same, or why nothing can run there. */
export type ExporterWorkload =
  ExporterObjects | { readonly reason: 'NoAddress' | 'AddressUnfit'; readonly message: string };

/** Key of the Deployment and of the Service of a dataset's exporter. */
export function exporterKey({ metadata }: Live<Dataset>): ObjectKey {
  return `${metadata.namespace ?? ''}/${metadata.name}-exporter`;
}

/** The address at which other centres reach the files of a dataset while `centre` is home. */
function portIn({ spec }: Live<Dataset>, centre: string): number | undefined {
  const { endpoint } = spec.files ?? {};
  const { port } = endpoint?.everywhere ?? endpoint?.perCentre?.find((one) => one.centre === centre) ?? {};
  return port;
}

/**
 * The exporter of a dataset of files, in the namespace of its tenant: one restricted pod that mounts the volume read-only, and
 * a NodePort that keeps the address of who asks, by which the zone's policies tell other centres apart. They go with the
 * Dataset, which is their owner.
 */
export function exporterWorkload(dataset: Live<Dataset>, centre: string, image: string): ExporterWorkload {
  const port = portIn(dataset, centre);
  if (port === undefined) {
    const message = `spec.files.endpoint has no address for ${centre}. Add one: that centre is home now.`;
    return { reason: 'NoAddress', message };
  }
  if (port < NODE_PORTS.first || port > NODE_PORTS.last) {
    const message =
      `The port ${port} of ${centre} in spec.files.endpoint is no NodePort. ` +
      `Choose one from ${NODE_PORTS.first} to ${NODE_PORTS.last}.`;
    return { reason: 'AddressUnfit', message };
  }
  const { name, uid } = dataset.metadata;
  const selector = { [LABELS.exporter]: name };
  const metadata = {
    namespace: dataset.metadata.namespace ?? '',
    name: `${name}-exporter`,
    labels: { ...selector, [LABELS.partOf]: 'zaibei', [LABELS.managedBy]: OPERATOR },
    ownerReferences: [{ apiVersion: dataset.apiVersion, kind: dataset.kind, name, uid }],
  };
  return {
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        // A volume that one node has at a time must be let go before the next pod can have it.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: { ...selector, [LABELS.name]: 'zaibei-exporter', [LABELS.partOf]: 'zaibei' } },
          spec: podSpec(dataset, image),
        },
      },
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'NodePort',
        externalTrafficPolicy: 'Local',
        selector,
        ports: [
          { name: 'files', protocol: 'TCP', port: EXPORTER_PORT, targetPort: EXPORTER_PORT, nodePort: port },
        ],
      },
    },
  };
}

function podSpec({ metadata, spec }: Live<Dataset>, image: string): V1PodSpec {
  const { user = NOBODY, group = NOBODY } = spec.files?.runAs ?? {};
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: GRACE,
    // Without fsGroup: Kubernetes would give the department's files to the group.
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: group,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container(`${metadata.namespace ?? ''}/${metadata.name}`, spec, image)],
    volumes: [
      { name: 'volume', persistentVolumeClaim: { claimName: spec.files?.volumeClaim ?? '' } },
      {
        name: 'certificates',
        // Without it the exporter starts too, and says what is missing.
        secret: { secretName: certificateSecretName('export', metadata.name), optional: true },
      },
      { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
    ],
  };
}

function container(dataset: ObjectKey, { files }: Dataset['spec'], image: string): V1Container {
  return {
    name: 'exporter',
    image,
    imagePullPolicy: 'IfNotPresent',
    args: ['exporter'],
    env: [
      { name: 'ZAIBEI_DATASET', value: dataset },
      { name: 'ZAIBEI_PATH', value: files?.path ?? '/' },
      { name: 'ZAIBEI_EXCLUDE', value: JSON.stringify(files?.exclude ?? []) },
    ],
    ports: [
      { name: 'files', containerPort: EXPORTER_PORT, protocol: 'TCP' },
      { name: 'report', containerPort: EXPORTER_REPORT_PORT, protocol: 'TCP' },
    ],
    livenessProbe: { httpGet: { path: '/livez', port: 'report' }, periodSeconds: 10, failureThreshold: 6 },
    readinessProbe: { httpGet: { path: '/readyz', port: 'report' }, periodSeconds: 5 },
    resources: { requests: { cpu: '20m', memory: '96Mi' }, limits: { cpu: '1', memory: '384Mi' } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'volume', mountPath: EXPORTER_FOLDERS.volume, readOnly: true },
      { name: 'certificates', mountPath: EXPORTER_FOLDERS.certificates, readOnly: true },
      { name: 'scratch', mountPath: EXPORTER_FOLDERS.scratch },
    ],
  };
}
