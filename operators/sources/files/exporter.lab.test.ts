import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { datasetKind, type Dataset } from '../../api/index.ts';
import {
  CertificateAuthority,
  type IssuedCertificate,
} from '../../api/certificates/certificate-authority.ts';
import { sourceCertificate, sourceCertificateRequest } from '../../api/certificates/source-certificate.ts';
import { exporterReportSchema } from '../../api/layout/exporter.ts';
import { EXPORTER_REPORT_PORT } from '../../api/layout/ports.ts';
import {
  accessIdentity,
  certificateSecretName,
  type DatasetName,
  type FileAccess,
} from '../../api/layout/source-access.ts';
import {
  resourceTypeOf,
  type ApiClient,
  type ApiObject,
  type Live,
  type NewObject,
  type ResourceType,
} from '../../runtime/index.ts';
import { LabCluster } from '../../runtime/testing/lab-cluster.ts';
import { CLAIMS, DEPLOYMENTS, PODS, SERVICES } from './exporter-kinds.ts';
import { exporterWorkload } from './exporter-workload.ts';

const MOVER = 'zaibei/mover:1';

const NODE_PORT = 30_999;

const MINUTE = 60_000;

const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', scope: 'Cluster' } as const;

const SECRETS = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', scope: 'Namespaced' } as const;

const whole = (type: Omit<ResourceType, 'keep'>): ResourceType => ({ ...type, keep: (parsed) => parsed });

/** What a copy's side runs to fetch a file, with the certificate that is mounted. A Service has its pod a moment after that is ready. */
const FETCH = (address: string, exporter: string): string => `set -u
cat > /tmp/client.conf <<END
client = yes
foreground = quiet
pid =
syslog = no
debug = notice
output = /tmp/client.log
connect = ${address}
cert = /certificates/tls.crt
key = /certificates/tls.key
CAfile = /certificates/ca.crt
verifyChain = yes
checkHost = ${exporter}
END
export RSYNC_CONNECT_PROG="stunnel4 /tmp/client.conf"
for try in 1 2 3 4 5 6 7 8 9 10; do
  rsync -a --fake-super rsync://exporter/files/ /tmp/copy/ 2>&1; code=$?
  grep -q "Connection refused" /tmp/client.log || break
  rm /tmp/client.log; sleep 1
done
echo "exit $code"
sha256sum "/tmp/copy/证照 1"
`;

/** Writes an object of a type, as somebody who is neither stacks nor operator. */
function write<T extends ApiObject>(
  client: ApiClient,
  type: ResourceType<T>,
  object: Omit<NewObject, 'apiVersion' | 'kind'> & Readonly<Record<string, unknown>>,
): Promise<T> {
  const { apiVersion, kind } = type;
  return client.apply(type, { apiVersion, kind, ...object }, { fieldManager: 'test', force: true });
}

let production: LabCluster;
let localDr: ApiClient;
let authority: CertificateAuthority;
let dataset: Live<Dataset>;
let place: DatasetName;

beforeAll(async () => {
  production = await LabCluster.open();
  const { instance } = inject('lab');
  const [here, there] = instance.centres;
  localDr = production.connect({ kind: 'kubeconfig', file: instance.kubeconfig, context: there?.context });
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const { namespace } = production;
  place = { namespace, name: 'archive' };
  for (const client of [production.client, localDr])
    await write(client, whole(NAMESPACE), { metadata: { name: namespace, labels } });
  authority = await CertificateAuthority.make('site', Date.now() - MINUTE, Date.now() + 60 * MINUTE);
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  await write(production.client, CLAIMS, { metadata: place, spec: claim });
  const spec = datasetKind.spec.parse({
    displayName: '电子证照',
    protectionGroup: 'archive',
    size: '1GiB',
    dailyChange: '1GiB',
    files: {
      volumeClaim: 'archive',
      path: '/archive',
      runAs: { user: 1000, group: 1000 },
      endpoint: { everywhere: { host: here?.nodeAddress ?? '', port: NODE_PORT } },
    },
  });
  dataset = await write(production.client, resourceTypeOf(datasetKind), { metadata: place, spec });
  await runToEnd(production.client, 'fill', {
    image: 'zaibei/debian:1',
    script: 'mkdir -p /data/archive && cd /data/archive && umask 077 && printf 中文 > "证照 1"',
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'archive' } }],
    mounts: [{ name: 'data', mountPath: '/data' }],
  });
}, 3 * MINUTE);

afterAll(async () => {
  const { namespace } = production;
  const found = await localDr.find(whole(NAMESPACE), namespace);
  if (found) await localDr.delete(whole(NAMESPACE), found);
  await production.close();
});

interface Run {
  readonly image: string;
  readonly script: string;
  readonly volumes: readonly object[];
  readonly mounts: readonly object[];
}

/** Runs a script in a restricted pod to its end. @returns what it printed */
async function runToEnd(
  client: ApiClient,
  name: string,
  { image, script, volumes, mounts }: Run,
): Promise<string> {
  const { namespace } = place;
  await write(client, PODS, {
    metadata: { namespace, name },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        runAsGroup: 1000,
        fsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'main',
          image,
          command: ['/bin/bash', '-c', script],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          volumeMounts: mounts,
        },
      ],
      volumes,
    },
  });
  await vi.waitFor(
    async () => {
      const pod = await client.find(whole(PODS), `${namespace}/${name}`);
      const { status } = pod as ApiObject & { status?: { phase?: string } }; // a field of its schema
      if (!/Succeeded|Failed/.test(status?.phase ?? ''))
        throw new Error(`${name} runs: ${JSON.stringify(status)}`);
    },
    { timeout: MINUTE, interval: 300 },
  );
  return (await client.read(`/api/v1/namespaces/${namespace}/pods/${name}/log`)).text;
}

/** A certificate of the site. */
function issue(access: FileAccess, of: DatasetName): Promise<IssuedCertificate> {
  const validity = { from: Date.now() - MINUTE, until: Date.now() + 30 * MINUTE };
  return authority.issue(sourceCertificateRequest(sourceCertificate(access, of), validity));
}

async function haveSecret(client: ApiClient, name: string, issued: IssuedCertificate): Promise<void> {
  const values = { 'tls.crt': issued.certificate, 'tls.key': issued.key, 'ca.crt': issued.authority };
  const data = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
  const metadata = { namespace: place.namespace, name };
  await write(client, whole(SECRETS), { metadata, type: 'kubernetes.io/tls', data });
}

/** Fetches from the other centre with the pull certificate of a dataset. @returns what was printed */
async function fetchAs(reader: string, name: string): Promise<string> {
  const issued = await issue('pull', { ...place, name });
  await haveSecret(localDr, reader, issued);
  const { host, port } = dataset.spec.files?.endpoint?.everywhere ?? {};
  return runToEnd(localDr, reader, {
    image: MOVER,
    script: FETCH(`${host ?? ''}:${port ?? 0}`, accessIdentity('export', place)),
    volumes: [{ name: 'certificates', secret: { secretName: reader } }],
    mounts: [{ name: 'certificates', mountPath: '/certificates' }],
  });
}

/** What the exporter tells of itself. */
async function report() {
  const { namespace } = place;
  const labelSelector = 'zaibei.io/exporter=archive';
  const { items } = await production.client.listPage(PODS, { namespace, labelSelector, limit: 10 });
  const pod = items[0]?.metadata.name ?? 'none';
  const { text } = await production.client.read(
    `/api/v1/namespaces/${namespace}/pods/${pod}:${EXPORTER_REPORT_PORT}/proxy/report`,
  );
  return exporterReportSchema.parse(JSON.parse(text));
}

describe('the exporter of a volume, in a centre', () => {
  it(
    'runs as a restricted pod, and serves another centre, and not the reader of another dataset',
    async () => {
      const issued = await issue('export', place);
      await haveSecret(production.client, certificateSecretName('export', place.name), issued);
      const workload = exporterWorkload(dataset, 'production', MOVER);
      if ('reason' in workload) throw new Error(workload.message);
      const { deployment, service } = workload;
      const options = { fieldManager: 'test', force: true };
      await production.client.apply(DEPLOYMENTS, deployment, options);
      await production.client.apply(SERVICES, service, options);
      const surveyed = async () => {
        const { trouble, survey } = await report();
        return { trouble, files: survey?.files, unreadable: survey?.unreadable.count };
      };
      const served = { files: 1, unreadable: 0 };
      await expect
        .poll(() => surveyed().catch(String), { timeout: 2 * MINUTE, interval: 500 })
        .toEqual(served);

      const fetched = await fetchAs('reader', 'archive');
      expect(fetched).toContain('exit 0');
      expect(fetched).toContain('72726d8818f693066ceb69afa364218b692e62ea92b385782363780f47529c21');
      const refused = await fetchAs('stranger', 'another');
      expect(refused).not.toContain('exit 0');
      expect(refused).not.toContain('72726d88');
    },
    6 * MINUTE,
  );
});
