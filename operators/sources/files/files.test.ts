import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_VERSION, datasetKind, placementKind, type Dataset } from '../../api/index.ts';
import type { ExporterReport } from '../../api/layout/exporter.ts';
import {
  resourceTypeOf,
  type ApiObject,
  type Live,
  type NewObject,
  type ResourceType,
} from '../../runtime/index.ts';
import { TestOperator } from '../../runtime/testing/test-operator.ts';
import { CLAIMS, DEPLOYMENTS, PODS, SERVICES } from './exporter-kinds.ts';
import { LOOK_INTERVAL, LOOK_LIFETIME } from './exporters.ts';
import { filesOf, type FilesModule } from './files-module.ts';

const DATASETS: ResourceType<Live<Dataset>> = resourceTypeOf(datasetKind);

const KEY = 'licences/archive-exporter';

const UNTIL = '2027-01-01T00:00:00.000Z';

const REPORT: ExporterReport = {
  dataset: 'licences/archive',
  transfers: 0,
  certificateUntil: UNTIL,
  survey: {
    startedAt: '2026-11-23T00:00:00.000Z',
    endedAt: '2026-11-23T00:00:05.000Z',
    files: 20_000,
    folders: 20,
    links: 0,
    bytes: 1e9,
    unreadable: { count: 0, examples: [] },
    special: { count: 0, examples: [] },
    leavingLinks: { count: 0, examples: [] },
  },
};

let operator: TestOperator;
let module: FilesModule;
let running: AbortController;
/** The home of the group; undefined: it is not placed. */
let home: string | undefined;
let answer: () => ExporterReport;

beforeEach(() => {
  running = new AbortController();
  home = undefined;
  answer = () => REPORT;
});

afterEach(() => {
  running.abort();
});

function begin(moverImage?: string): void {
  operator = new TestOperator();
  const read = (): Promise<ExporterReport> => Promise.resolve().then(() => answer());
  module = filesOf({ ...operator.dependencies, moverImage }, read);
}

/** An object of the tenant. */
const have = (kind: string, apiVersion: string, name: string, more: object = {}): NewObject => ({
  apiVersion,
  kind,
  metadata: { namespace: 'licences', name },
  ...more,
});

function haveDataset(files: object = {}): Live<Dataset> {
  const spec = datasetKind.spec.parse({
    displayName: '电子证照',
    protectionGroup: 'archive',
    size: '1GiB',
    dailyChange: '1GiB',
    files: {
      volumeClaim: 'archive',
      endpoint: { everywhere: { host: 'files.example', port: 30_434 } },
      ...files,
    },
  });
  return operator.have(DATASETS, have('Dataset', API_VERSION, 'archive', { spec }));
}

function placeIn(centre: string): void {
  home = centre;
  const backup = home === 'production' ? 'remote-dr' : 'production';
  const spec = { group: 'archive', home, backup, backupSource: 'home', epoch: 1 };
  operator.have(resourceTypeOf(placementKind), have('Placement', API_VERSION, 'archive', { spec }));
}

/** The claim of the dataset. */
const haveUnusedClaim = (): ApiObject =>
  operator.have(CLAIMS, have('PersistentVolumeClaim', 'v1', 'archive'));

/** The pod of the department that mounts the claim. */
function haveUser(state: object): void {
  const type: ResourceType = { ...PODS, keep: (parsed) => parsed };
  const former = operator.server.find(type, 'licences/library');
  if (former !== undefined) operator.server.delete(type, former);
  const spec = { volumes: [{ name: 'files', persistentVolumeClaim: { claimName: 'archive' } }] };
  operator.have(type, have('Pod', 'v1', 'library', { spec, status: { containerStatuses: [{ state }] } }));
}

/** The claim, mounted by a pod of the department. */
function haveClaim(): void {
  haveUnusedClaim();
  haveUser({ running: {} });
}

/** Placed here. @returns what else there is about the files */
function placed(files: object = {}): object {
  placeIn('production');
  return files;
}

/** Placed here, with its claim. */
function claimed(): object {
  haveClaim();
  return placed();
}

/** A pod as the kubelet tells of it. */
function havePod(status: object): void {
  const type: ResourceType = { ...PODS, keep: (parsed) => parsed };
  const metadata = { namespace: 'licences', name: 'pod', labels: { 'zaibei.io/exporter': 'archive' } };
  operator.have(type, { apiVersion: 'v1', kind: 'Pod', metadata, status } as NewObject);
}

const RUNNING = { podIP: '10.0.0.7', containerStatuses: [{ state: { running: {} } }] };

/** Runs until this is told of the dataset. */
async function untilTold(dataset: Live<Dataset>, reason: string) {
  for (const work of module.whileLeading) void work.run(running.signal);
  await expect.poll(() => told(dataset)?.reason).toBe(reason);
  return told(dataset);
}

const told = (dataset: Live<Dataset>) => module.evidence.judge(dataset, operator.clock.now(), home);

describe('the exporter of a dataset of files', () => {
  it('is run where the centre is home: one restricted pod that reads as the dataset says, and a NodePort', async () => {
    begin('zaibei/mover:1');
    const dataset = haveDataset({
      path: '/证照 2026',
      exclude: ['*.tmp'],
      runAs: { user: 1000, group: 2000 },
    });
    placeIn('production');
    haveClaim();
    havePod(RUNNING);
    expect(await untilTold(dataset, 'Fit')).toMatchObject({ status: 'True' });
    const deployment = operator.server.find(DEPLOYMENTS, KEY);
    const pod = (deployment as unknown as { spec: { template: { spec: object } } }).spec.template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 2000 },
      containers: [
        {
          image: 'zaibei/mover:1',
          env: [
            { name: 'ZAIBEI_DATASET', value: 'licences/archive' },
            { name: 'ZAIBEI_PATH', value: '/证照 2026' },
            { name: 'ZAIBEI_EXCLUDE', value: '["*.tmp"]' },
          ],
          securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          volumeMounts: [{ mountPath: '/volume', readOnly: true }, {}, {}],
        },
      ],
      volumes: [
        { persistentVolumeClaim: { claimName: 'archive' } },
        { secret: { secretName: 'archive-export-tls', optional: true } },
        {},
      ],
    });
    expect(JSON.stringify(pod)).not.toContain('fsGroup');
    expect(operator.server.find(SERVICES, KEY)).toMatchObject({
      spec: { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ port: 8443, nodePort: 30_434 }] },
    });
    expect((await operator.metrics.render()).toString()).toContain(
      `zaibei_source_certificate_expire_timestamp_seconds{namespace="licences",dataset="archive",whose="export"} ${Date.parse(UNTIL) / 1000}`,
    );
  });

  it('is never the first to mount the volume, for that would keep the department from its own files', async () => {
    begin('zaibei/mover:1');
    placeIn('production');
    haveUnusedClaim();
    haveUser({ waiting: { reason: 'ContainerCreating' } });
    const dataset = haveDataset();
    const { status, message } = (await untilTold(dataset, 'VolumeUnused')) ?? {};
    expect(status).toBe('Unknown');
    expect(message).toContain('Start the workload');
    expect(operator.server.find(DEPLOYMENTS, KEY)).toBeUndefined();
    expect(operator.server.find(SERVICES, KEY)).toBeUndefined();
    haveUser({ running: {} });
    await operator.clock.pass(LOOK_INTERVAL);
    await expect.poll(() => operator.server.find(DEPLOYMENTS, KEY)).toBeDefined();
  });

  it('stays when the department stops its workload', async () => {
    begin('zaibei/mover:1');
    placeIn('production');
    haveClaim();
    havePod(RUNNING);
    await untilTold(haveDataset(), 'Fit');
    haveUser({ waiting: {} });
    await operator.clock.pass(2 * LOOK_INTERVAL);
    expect(operator.server.find(DEPLOYMENTS, KEY)).toBeDefined();
  });

  it('is written once, and again when its dataset is another', async () => {
    begin('zaibei/mover:1');
    placeIn('production');
    haveClaim();
    havePod(RUNNING);
    await untilTold(haveDataset(), 'Fit');
    const version = () => operator.server.find(DEPLOYMENTS, KEY)?.metadata.resourceVersion;
    const before = version();
    await operator.clock.pass(2 * LOOK_INTERVAL);
    expect(version()).toBe(before);
    haveDataset({ path: '/other' });
    await operator.clock.pass(LOOK_INTERVAL);
    await expect.poll(version).not.toBe(before);
  });

  it('is removed where another centre has become home, and a namesake of a stranger is not', async () => {
    begin('zaibei/mover:1');
    placeIn('production');
    haveClaim();
    havePod(RUNNING);
    const dataset = haveDataset();
    await untilTold(dataset, 'Fit');
    placeIn('local-dr');
    await operator.clock.pass(LOOK_INTERVAL);
    expect(told(dataset)).toMatchObject({ status: 'Unknown', reason: 'NotHome' });
    await expect.poll(() => operator.server.find(DEPLOYMENTS, KEY)).toBeUndefined();
    expect(operator.server.find(SERVICES, KEY)).toBeUndefined();

    operator.have(DEPLOYMENTS, have('Deployment', 'apps/v1', 'archive-exporter', { spec: { replicas: 7 } }));
    placeIn('production');
    await operator.clock.pass(LOOK_INTERVAL);
    await expect.poll(() => told(dataset)?.reason).toBe('ExporterNotRun');
    expect(operator.server.find(DEPLOYMENTS, KEY)).toMatchObject({ spec: { replicas: 7 } });
  });
});

describe('files are not ready, and it is told why', () => {
  it.each<[reason: string, status: string, arrange: () => object]>([
    ['NotPlaced', 'Unknown', () => ({})],
    ['NoAddress', 'False', () => placed({ endpoint: undefined })],
    ['AddressUnfit', 'False', () => placed({ endpoint: { everywhere: { host: 'h', port: 873 } } })],
    ['ClaimMissing', 'False', () => placed()],
    ['ExporterSilent', 'Unknown', () => claimed()],
    [
      'ExporterNotRunning',
      'Unknown',
      () => {
        havePod({ containerStatuses: [{ state: { waiting: { reason: 'ErrImagePull', message: 'gone' } } }] });
        return claimed();
      },
    ],
  ])('%s', async (reason, status, arrange) => {
    begin('zaibei/mover:1');
    const files = arrange();
    expect(await untilTold(haveDataset(files), reason)).toMatchObject({ status });
  });

  it.each<[reason: string, status: string, report: Partial<ExporterReport>, words: string]>([
    [
      'CertificateExpired',
      'False',
      { trouble: { reason: 'CertificateExpired', message: 'It has.' } },
      'Renew it',
    ],
    ['PathMissing', 'False', { trouble: { reason: 'PathMissing', message: 'Gone.' } }, 'spec.files.path'],
    ['SurveyFailed', 'Unknown', { surveyTrouble: 'rsync failed' }, 'rsync failed'],
    ['NotSurveyed', 'Unknown', { survey: undefined }, 'looking'],
    ['ExporterSilent', 'Unknown', { dataset: 'licences/another' }, 'does not answer'],
    [
      'FilesUnreadable',
      'False',
      { survey: { ...survey(), unreadable: { count: 3, examples: ['a', '锁', 'c', 'd'] } } },
      '"a", "锁", "c".',
    ],
  ])('by its report: %s', async (reason, status, report, words) => {
    begin('zaibei/mover:1');
    placeIn('production');
    haveClaim();
    havePod(RUNNING);
    answer = () => ({ ...REPORT, ...report });
    const verdict = await untilTold(haveDataset(), reason);
    expect(verdict).toMatchObject({ status, message: expect.stringContaining(words) as string });
  });

  it('without an image of the movers', async () => {
    begin();
    placeIn('production');
    expect(await untilTold(haveDataset(), 'NoMoverImage')).toMatchObject({ status: 'False' });
    expect(operator.server.find(DEPLOYMENTS, KEY)).toBeUndefined();
  });

  it('when nobody looks any more', async () => {
    begin('zaibei/mover:1');
    placeIn('production');
    haveClaim();
    havePod(RUNNING);
    const dataset = haveDataset();
    await untilTold(dataset, 'Fit');
    running.abort();
    const later = operator.clock.now() + LOOK_LIFETIME + 1;
    expect(module.evidence.judge(dataset, later, home)).toMatchObject({
      status: 'Unknown',
      reason: 'SampleTooOld',
    });
  });

  it('and links that lead out are told of files that are', async () => {
    begin('zaibei/mover:1');
    placeIn('production');
    haveClaim();
    havePod(RUNNING);
    answer = () => ({ ...REPORT, survey: { ...survey(), leavingLinks: { count: 1, examples: ['etc'] } } });
    expect((await untilTold(haveDataset(), 'Fit'))?.message).toContain('1 links that lead out');
  });
});

function survey(): NonNullable<ExporterReport['survey']> {
  if (REPORT.survey === undefined) throw new Error('the report has a survey');
  return REPORT.survey;
}
