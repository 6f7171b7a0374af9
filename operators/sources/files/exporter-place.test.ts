import { afterEach, describe, expect, it } from 'vitest';
import { DEPLOYMENTS, SERVICES } from './exporter-kinds.ts';
import { CERTIFICATE_UNTIL } from './testing/exporter-report.ts';
import { ExportingCentre, MOVER, RUNNING, tenantObject } from './testing/exporting-centre.ts';

let centre: ExportingCentre;

afterEach(() => {
  centre.stop();
});

describe('the exporter of a dataset of files', () => {
  it('is run where the centre is home: one restricted pod that reads as the dataset says, and a NodePort', async () => {
    centre = ExportingCentre.exporting();
    const dataset = centre.haveDataset({
      path: '/证照 2026',
      exclude: ['*.tmp'],
      runAs: { user: 1000, group: 2000 },
    });
    expect(await centre.untilTold(dataset, 'Fit')).toMatchObject({ status: 'True' });
    const deployment = centre.find(DEPLOYMENTS);
    const pod = (deployment as unknown as { spec: { template: { spec: object } } }).spec.template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 2000 },
      containers: [
        {
          image: MOVER,
          env: [
            { name: 'ZAIBEI_DATASET', value: 'licences/archive' },
            { name: 'ZAIBEI_PATH', value: '/证照 2026' },
            { name: 'ZAIBEI_EXCLUDE', value: '["*.tmp"]' },
            { name: 'ZAIBEI_STARTED_WITH', value: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string },
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
    expect(centre.find(SERVICES)).toMatchObject({
      spec: { type: 'NodePort', externalTrafficPolicy: 'Local', ports: [{ port: 8443, nodePort: 30_434 }] },
    });
    expect((await centre.operator.metrics.render()).toString()).toContain(
      `zaibei_source_certificate_expire_timestamp_seconds{namespace="licences",dataset="archive",whose="export"} ${Date.parse(CERTIFICATE_UNTIL) / 1000}`,
    );
  });

  it('is written once, and again when its dataset is another', async () => {
    centre = ExportingCentre.exporting();
    await centre.untilTold(centre.haveDataset(), 'Fit');
    const version = () => centre.find(DEPLOYMENTS)?.metadata.resourceVersion;
    const before = version();
    await centre.look();
    await centre.look();
    expect(version()).toBe(before);
    centre.haveDataset({ path: '/other' });
    await centre.look();
    await expect.poll(version).not.toBe(before);
  });

  it('leaves alone what a stranger has put under its name', async () => {
    centre = ExportingCentre.exporting();
    const spec = { replicas: 7, template: { spec: {} } };
    const stranger = tenantObject('Deployment', 'apps/v1', 'archive-exporter', { spec });
    const labels = { 'zaibei.io/exporter': 'archive' };
    centre.operator.have(DEPLOYMENTS, { ...stranger, metadata: { ...stranger.metadata, labels } });
    await centre.untilTold(centre.haveDataset(), 'ExporterNotRun');
    centre.place('local-dr');
    await centre.look();
    expect(centre.find(DEPLOYMENTS)).toMatchObject({ spec: { replicas: 7 } });
    expect(centre.events).toEqual([]);
  });
});

describe('a volume', () => {
  it('is never mounted first, for that would keep the department from its own files', async () => {
    centre = new ExportingCentre();
    centre.place('production');
    centre.haveUnusedClaim();
    centre.haveUser({
      status: { containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }] },
    });
    const { status, message } = (await centre.untilTold(centre.haveDataset(), 'VolumeUnused')) ?? {};
    expect(status).toBe('Unknown');
    expect(message).toContain('Start the workload');
    expect(centre.find(DEPLOYMENTS)).toBeUndefined();
    expect(centre.find(SERVICES)).toBeUndefined();
    centre.haveClaim();
    await centre.look();
    await expect.poll(() => centre.find(DEPLOYMENTS)).toBeDefined();
  });

  it.each<[string, Parameters<ExportingCentre['haveUser']>[0]]>([
    ['has succeeded', { status: { phase: 'Succeeded', containerStatuses: [{ state: { terminated: {} } }] } }],
    ['has failed', { status: { phase: 'Failed', containerStatuses: [{ state: { terminated: {} } }] } }],
    [
      'is about to end',
      {
        status: { phase: 'Running', containerStatuses: [{ state: { running: {} } }] },
        metadata: { deletionTimestamp: '2026-11-23T04:00:00Z' },
      },
    ],
  ])('is not in use by a pod that %s', async (_, pod) => {
    centre = new ExportingCentre();
    centre.place('production');
    centre.haveUnusedClaim();
    centre.haveUser(pod);
    await centre.untilTold(centre.haveDataset(), 'VolumeUnused');
    expect(centre.find(DEPLOYMENTS)).toBeUndefined();
  });

  it('is in use by a pod whose container has crashed and is started again', async () => {
    centre = new ExportingCentre();
    centre.place('production');
    centre.haveUnusedClaim();
    const crashed = { state: { waiting: {} }, lastState: { terminated: {} } };
    centre.haveUser({ status: { phase: 'Running', containerStatuses: [crashed] } });
    await centre.untilTold(centre.haveDataset(), 'ExporterSilent');
    expect(centre.find(DEPLOYMENTS)).toBeDefined();
  });

  it('is kept when the department stops its workload', async () => {
    centre = ExportingCentre.exporting();
    await centre.untilTold(centre.haveDataset(), 'Fit');
    centre.haveUser({ status: { containerStatuses: [{ state: { waiting: {} } }] } });
    await centre.look();
    await centre.look();
    expect(centre.find(DEPLOYMENTS)).toBeDefined();
  });

  it('that the dataset names instead of another is not mounted first either', async () => {
    centre = ExportingCentre.exporting();
    await centre.untilTold(centre.haveDataset(), 'Fit');
    centre.haveUnusedClaim('library');
    const dataset = centre.haveDataset({ volumeClaim: 'library' });
    await centre.look();
    await expect.poll(() => centre.told(dataset)?.reason).toBe('VolumeUnused');
    expect(centre.find(DEPLOYMENTS)).toBeUndefined();
    centre.haveClaim('library');
    centre.havePod(RUNNING);
    await centre.look();
    await expect.poll(() => centre.told(dataset)?.reason).toBe('Fit');
  });
});
