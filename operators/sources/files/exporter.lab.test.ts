import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
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
import { resourceTypeOf, type Live } from '../../runtime/index.ts';
import { LabCluster } from '../../runtime/testing/lab-cluster.ts';
import { isClaimMounted } from './claim-users.ts';
import { CLAIMS, DEPLOYMENTS, PODS, SERVICES } from './exporter-kinds.ts';
import { exporterWorkload } from './exporter-workload.ts';
import { fetchScript } from './testing/fetch-script.ts';
import { TENANT, TenantNamespace } from './testing/tenant-namespace.ts';

const MOVER = 'zaibei/mover:1';

const NODE_PORT = 30_999;

const MINUTE = 60_000;

let production: LabCluster;
/** The namespace of the tenant where the volume is, and in the centre that fetches from it. */
let home: TenantNamespace;
let away: TenantNamespace;
let authority: CertificateAuthority;
let dataset: Live<Dataset>;
let place: DatasetName;

beforeAll(async () => {
  production = await LabCluster.open();
  const { instance } = inject('lab');
  const [here, there] = instance.centres;
  const { namespace } = production;
  place = { namespace, name: 'archive' };
  home = new TenantNamespace(production.client, namespace);
  const source = { kind: 'kubeconfig', file: instance.kubeconfig, context: there?.context } as const;
  away = new TenantNamespace(production.connect(source), namespace);
  for (const tenant of [home, away]) await tenant.open();
  authority = await CertificateAuthority.make('site', Date.now() - MINUTE, Date.now() + 60 * MINUTE);
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  await home.write(CLAIMS, { metadata: place, spec: claim });
  const spec = datasetKind.spec.parse({
    displayName: '电子证照',
    protectionGroup: 'archive',
    size: '1GiB',
    dailyChange: '1GiB',
    files: {
      volumeClaim: 'archive',
      path: '/archive',
      runAs: { user: TENANT, group: TENANT },
      endpoint: { everywhere: { host: here?.nodeAddress ?? '', port: NODE_PORT } },
    },
  });
  dataset = await home.write(resourceTypeOf(datasetKind), { metadata: place, spec });
  await home.runToEnd('fill', {
    image: 'zaibei/debian:1',
    script: 'mkdir -p /data/archive && cd /data/archive && umask 077 && printf 中文 > "证照 1"',
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'archive' } }],
    mounts: [{ name: 'data', mountPath: '/data' }],
  });
}, 3 * MINUTE);

afterAll(async () => {
  await away.remove();
  await production.close();
});

/** A certificate of the site. */
function issue(access: FileAccess, of: DatasetName): Promise<IssuedCertificate> {
  const validity = { from: Date.now() - MINUTE, until: Date.now() + 30 * MINUTE };
  return authority.issue(sourceCertificateRequest(sourceCertificate(access, of), validity));
}

/** Fetches from the other centre with the pull certificate of a dataset. @returns what was printed */
async function fetchAs(reader: string, name: string): Promise<string> {
  await away.haveSecret(reader, await issue('pull', { ...place, name }));
  const { host, port } = dataset.spec.files?.endpoint?.everywhere ?? {};
  return away.runToEnd(reader, {
    image: MOVER,
    script: fetchScript(`${host ?? ''}:${port ?? 0}`, accessIdentity('export', place)),
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

describe('a volume, in a centre', () => {
  it('is not in use by a pod that has ended', async () => {
    const { signal } = new AbortController();
    expect(await isClaimMounted(production.client, place.namespace, 'archive', signal)).toBe(false);
  });
});

describe('the exporter of a volume, in a centre', () => {
  it(
    'runs as a restricted pod, and serves another centre, and not the reader of another dataset',
    async () => {
      const issued = await issue('export', place);
      await home.haveSecret(certificateSecretName('export', place.name), issued);
      const workload = exporterWorkload(dataset, 'production', MOVER);
      if ('reason' in workload) throw new Error(workload.message);
      const { deployment, service, startedWith } = workload;
      const options = { fieldManager: 'test', force: true };
      await production.client.apply(DEPLOYMENTS, deployment, options);
      await production.client.apply(SERVICES, service, options);
      const surveyed = async () => {
        const { startedWith, trouble, survey } = await report();
        return { startedWith, trouble, files: survey?.files, unreadable: survey?.unreadable.count };
      };
      const served = { startedWith, files: 1, unreadable: 0 };
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
