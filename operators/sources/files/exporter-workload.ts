import type { V1Container, V1Deployment, V1PodSpec, V1Service } from '@kubernetes/client-node';
import type { Dataset } from '../../api/index.ts';
import { EXPORTER_FOLDERS } from '../../api/layout/exporter.ts';
import { OPERATOR } from '../../api/layout/identities.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { EXPORTER_PORT, EXPORTER_REPORT_PORT, NODE_PORTS } from '../../api/layout/ports.ts';
import { certificateSecretName, type DatasetName } from '../../api/layout/source-access.ts';
import { canonicalJson, digestOf, type Digest } from '../../evidence/index.ts';
import type { Live, NewObject } from '../../runtime/index.ts';

/** As whom an exporter reads of whose dataset it is not said: as nobody. */
const NOBODY = 65_532;

/** Seconds that running transfers get at the end, and a few more. */
const GRACE = 30;

/** What runs beside a volume. */
export interface ExporterObjects {
  /** Name of the claim that it mounts. */
  readonly claim: string;
  /** Digest of what it is started with, which it repeats in its report: one that runs for a former spec has another. */
  readonly startedWith: Digest;
  readonly deployment: NewObject & V1Deployment;
  readonly service: NewObject & V1Service;
}

/** The same, or why nothing can run there. */
export type ExporterWorkload =
  ExporterObjects | { readonly reason: 'NoAddress' | 'AddressUnfit'; readonly message: string };

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
  const start = startOf(dataset);
  const startedWith = digestOf(canonicalJson(start));
  const selector = { [LABELS.exporter]: name };
  const metadata = {
    namespace: dataset.metadata.namespace ?? '',
    name: `${name}-exporter`,
    labels: { ...selector, [LABELS.partOf]: 'zaibei', [LABELS.managedBy]: OPERATOR },
    ownerReferences: [{ apiVersion: dataset.apiVersion, kind: dataset.kind, name, uid }],
  };
  return {
    claim: start.claim,
    startedWith,
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
          spec: podSpec(start, startedWith, image),
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

/** What an exporter is told, of which it takes up nothing while it runs. */
interface ExporterStart {
  readonly dataset: DatasetName;
  readonly claim: string;
  readonly path: string;
  readonly exclude: readonly string[];
  readonly user: number;
  readonly group: number;
}

function startOf({ metadata, spec }: Live<Dataset>): ExporterStart {
  const { volumeClaim = '', path = '/', exclude = [], runAs } = spec.files ?? {};
  const { user = NOBODY, group = NOBODY } = runAs ?? {};
  const dataset = { namespace: metadata.namespace ?? '', name: metadata.name };
  return { dataset, claim: volumeClaim, path, exclude, user, group };
}

function podSpec(start: ExporterStart, startedWith: Digest, image: string): V1PodSpec {
  const { dataset, claim, user, group } = start;
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
    containers: [container(start, startedWith, image)],
    volumes: [
      { name: 'volume', persistentVolumeClaim: { claimName: claim } },
      {
        name: 'certificates',
        // Without it the exporter starts too, and says what is missing.
        secret: { secretName: certificateSecretName('export', dataset.name), optional: true },
      },
      { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
    ],
  };
}

function container(
  { dataset, path, exclude }: ExporterStart,
  startedWith: Digest,
  image: string,
): V1Container {
  return {
    name: 'exporter',
    image,
    imagePullPolicy: 'IfNotPresent',
    args: ['exporter'],
    env: [
      { name: 'ZAIBEI_DATASET', value: `${dataset.namespace}/${dataset.name}` },
      { name: 'ZAIBEI_PATH', value: path },
      { name: 'ZAIBEI_EXCLUDE', value: JSON.stringify(exclude) },
      { name: 'ZAIBEI_STARTED_WITH', value: startedWith },
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
