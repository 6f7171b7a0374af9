import type { V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { API_VERSION } from '../operators/api/kinds/kind.ts';
import { cutLink } from './deployed/cut-link.ts';
import { keptSecrets } from './deployed/kept-secrets.ts';
import { lostLeader } from './deployed/lost-leader.ts';
import { operatorsAtWork } from './deployed/operators-at-work.ts';
import { preparedSources } from './deployed/prepared-sources.ts';
import { refusedStarts } from './deployed/refused-starts.ts';
import { keptTenants, sampleTenants } from './deployed/sample-tenants.ts';
import { describeObject, type KubernetesObject } from './render/kubernetes-object.ts';
import { DeployedSite } from './testing/deployed-site.ts';
import { CANARY_CENTRE, plantCanary, spoilPeerKubeconfigs, uprootCanary } from './testing/planted-canary.ts';
import { CENTRES } from './testing/site-fixture.ts';
import { claim, pod, volume } from './testing/volume-pod.ts';

/**
 * Everything below is one story, in this order: what one test leaves is what the next one finds. To deploy is dear, so
 * whatever needs a deployed site is told here; what its operators do is in chapters of their own (`deployed/`).
 */
describe('the lab site, deployed into three real centres', { timeout: 600_000 }, () => {
  let site: DeployedSite;

  beforeAll(async () => {
    site = await DeployedSite.open();
  }, 600_000);

  afterAll(async () => {
    const { exitCode, output } = await site.destroy('production');
    await site.close();
    if (exitCode !== 0) throw new Error(output);
  }, 600_000);

  it.each(CENTRES)(
    'stands in %s as it was written, every object and every field [T-06, T-09]',
    async (centre) => {
      const objects = await site.expected(centre);
      expect(objects.length).toBeGreaterThan(150);
      const live = await site.live(centre, objects);
      for (const object of objects) expect(live.get(describeObject(object))).toMatchObject(object);
    },
  );

  describe('its operators', () => {
    beforeAll(() => plantCanary(site.centre(CANARY_CENTRE)));
    afterAll(() => uprootCanary(site.centre(CANARY_CENTRE)));

    operatorsAtWork(() => site);
    cutLink(() => site);

    describe('while one centre has credentials that do not work', () => {
      beforeAll(() => spoilPeerKubeconfigs(site.centre(CANARY_CENTRE)));

      lostLeader(() => site);
      refusedStarts(() => site);
      keptSecrets(() => site);
    });
  });

  sampleTenants(() => site);
  preparedSources(() => site);

  it('deploys a second time without a change in any stack', async () => {
    const { exitCode, output } = await site.deploy();
    expect(exitCode, output).toBe(0);
    const results = output.match(/Apply complete! Resources: .*$/gm);
    expect(results).toHaveLength(9);
    expect(new Set(results)).toEqual(
      new Set(['Apply complete! Resources: 0 added, 0 changed, 0 destroyed.']),
    );
  });

  it('shows what was changed by hand, by name, and plans an expansion without destroying anything [C-09]', async () => {
    const api = site.api('production');
    await api.patch(inPopulation('v1', 'ResourceQuota', 'quota', { hard: { pods: '99' } }));
    await api.delete(inPopulation('networking.k8s.io/v1', 'NetworkPolicy', 'dns'));
    await api.patch(inPopulation('networking.k8s.io/v1', 'NetworkPolicy', 'default-deny', { ingress: [{}] }));

    await site.edit('zone.yaml', 'storage: 12Gi, pods: 50', 'storage: 16Gi, pods: 60');
    await site.edit('zone.yaml', 'storage: 4Gi, pods: 10', 'storage: 5Gi, pods: 12');
    await site.edit(
      'zone.yaml',
      '  # The only paths between two tenants.',
      `    - name: land
      displayName: 自然资源厅
      kind: department
      platform: civil-affairs
      owner: { organisation: 实验省自然资源厅 }
      quota: { cpu: 100m, memory: 256Mi, storage: 1Gi, pods: 5 }

  # The only paths between two tenants.`,
    );
    const { exitCode, output } = await site.diff();
    expect(exitCode, output).toBe(2);
    expect(output).toMatch(/^production-zone +13 to add, \d+ to change, 0 to destroy, 3 drifted$/m);
    expect(output).toMatch(/^ {2}~ networkpolicy population\/default-deny \(drifted/m);
    expect(output).toMatch(/^ {2}\+ networkpolicy population\/dns \(drifted/m);
    expect(output).toMatch(/^ {2}~ resourcequota population\/quota \(drifted/m);
    expect(output).toMatch(/^remote-dr-zone +12 to add, 2 to change, 0 to destroy$/m);
    expect(output).toMatch(/^ {2}\+ namespace land$/m);
    expect(output).toMatch(
      /^9 stacks: 0 unchanged, 9 changed \(\d+ to add, \d+ to change, 0 to destroy, 3 drifted\)/m,
    );
  });

  it('deploys into the living centres while one is dead, which alone fails, and says so', async () => {
    await site.power('off', 'production');
    const { exitCode, output } = await site.deploy();
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(/production-foundation +.*Error: Get "https:\/\/[0-9.]+:6443\/version/);
    for (const line of output.split('\n').filter((text) => text.includes('Error:'))) {
      expect(line).not.toMatch(/^(local|remote)-dr/);
    }
    for (const centre of ['local-dr', 'remote-dr']) {
      const land: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'land' } };
      expect([...(await site.live(centre, [land])).keys()]).toEqual(['Namespace land']);
    }
    const diff = await site.diff();
    expect(diff.exitCode).toBe(1);
    expect(diff.output).toMatch(/^production-zone +unknown: [0-9.]+:6443 does not answer/m);
    expect(diff.output).toMatch(/^9 stacks: 6 unchanged, 0 changed, 3 unknown$/m);
  });

  it('has a status that names the dead centre, and tells of the others', async () => {
    await vi.waitFor(async () => {
      const { exitCode, stdout } = await site.zaibei('status -o json');
      expect(exitCode).toBe(1);
      const { centres } = JSON.parse(stdout) as { centres: readonly object[] };
      expect(centres).toMatchObject([
        { name: 'production', answers: false, operator: 'Unknown' },
        { name: 'local-dr', answers: true, operator: 'Running' },
        { name: 'remote-dr', answers: true, operator: 'Running' },
      ]);
    }, site.patience);
  });

  it('completes when the centre is back, and heals what was changed by hand', async () => {
    await site.power('on', 'production');
    const { exitCode, output } = await site.deploy();
    expect(exitCode, output).toBe(0);
    const objects = await site.expected('production');
    const live = await site.live('production', objects);
    for (const object of objects) expect(live.get(describeObject(object))).toMatchObject(object);
  });

  keptTenants(() => site);

  it('refuses a volume that would go with its claim', async () => {
    const tryCreate = (object: KubernetesObject): Promise<unknown> =>
      site.api('production').create(object, undefined, 'All');
    await expect(tryCreate(volume('Delete', 'population'))).rejects.toThrow(
      'volumes of the data zone outlive their claims: set persistentVolumeReclaimPolicy to Retain',
    );
    await expect(tryCreate(volume('Retain', 'population'))).resolves.toBeDefined();
    await expect(tryCreate(volume('Delete', 'default'))).resolves.toBeDefined();
  });

  it('is removed by destroy with all but volumes that hold data, and finds them again [T-06]', async () => {
    const api = site.api('production');
    await api.create(claim);
    await api.create(pod('write', 'echo kept > /data/file'));
    await finished('write');

    const destroyed = await site.destroy();
    expect(destroyed.exitCode, destroyed.output).toBe(0);
    const objects = (await site.expected('production')).filter(
      // A namespaced object cannot outlive its namespace, nor a document its kind.
      ({ metadata, apiVersion }) => metadata.namespace === undefined && apiVersion !== API_VERSION,
    );
    const left = [...(await site.live('production', objects)).keys()];
    // The store stays, with the backups in it and the keys without which they are noise.
    expect(left).toEqual(['Namespace zb-store']);

    const redeployed = await site.deploy('production');
    expect(redeployed.exitCode, redeployed.output).toBe(0);
    await api.create(claim);
    await api.create(pod('read', 'grep -x kept /data/file'));
    await finished('read');
  });

  /** Waits until a pod of the test has ended well. */
  const finished = async (name: string): Promise<void> => {
    await vi.waitFor(
      async () => {
        const live = await site.api('production').read<V1Pod>(pod(name, ''));
        expect(live.status?.phase, JSON.stringify(live.status)).toBe('Succeeded');
      },
      { timeout: 60_000, interval: 500 },
    );
  };
});

/** An object of the tenant `population`, with the part of its spec that a hand changes. */
function inPopulation(
  apiVersion: string,
  kind: string,
  name: string,
  spec: object = {},
): KubernetesObject<{ spec: object }> {
  return { apiVersion, kind, metadata: { namespace: 'population', name }, spec };
}
