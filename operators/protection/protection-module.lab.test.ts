import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { raceToCreate } from './testing/race-to-create.ts';
import { PATIENCE, ScratchCentre, written } from './testing/scratch-centre.ts';
import { TYPES } from './testing/protected-centre.ts';
import { CLAIMS, NETWORK_POLICIES } from './zone/observed-kinds.ts';

/** A namespace takes a while to go: each run has tenants of its own. */
const RUN = Date.now().toString(36);

const [POPULATION, ECONOMY] = [`population-${RUN}`, `economy-${RUN}`];

let site: ScratchCentre;

beforeAll(async () => {
  site = await ScratchCentre.open({ population: POPULATION, economy: ECONOMY });
});

afterEach(async () => {
  await site.stopAll();
});

afterAll(async () => {
  await site.close();
});

const UNPROTECTED = [
  'Protected=False NotRunning',
  'Realtime=False NotRunning',
  'Resolved=True Resolved',
  'Timed=False NoRecoveryPoint',
];

describe('protection on a real API server', () => {
  it('gives every document its status, and every group its Placement', async () => {
    await site.start();
    const policy = await site.untilTold(TYPES.policy, 'important', [
      'Feasible=True ChangesFit',
      'Ready=True RulesKept',
    ]);
    expect(policy.status).toMatchObject({ datasets: 1, feasibility: { judged: 1, exceeding: 0 } });
    expect(policy.status?.nextSlots).toHaveLength(3);
    const dataset = await site.untilTold(TYPES.dataset, `${POPULATION}/population`, UNPROTECTED);
    expect(dataset.status).toMatchObject({ phase: 'Unprotected', policy: 'important' });
    const placement = await site.untilTold(TYPES.placement, `${POPULATION}/population`, [
      'AsDesigned=True AsDesigned',
      'Ready=True Reconciled',
    ]);
    expect(placement).toMatchObject({ spec: { home: 'production', epoch: 1 }, status: { datasets: 1 } });
    const observed = await site.untilTold(TYPES.zone, 'province', [
      'Covered=True AllNamed',
      'Intact=True AsDeclared',
      'Ready=True Reconciled',
      'TenantsStand=True AllStand',
    ]);
    expect(observed.status).toMatchObject({ tenants: 2, drift: { total: 0 } });
    await vi.waitFor(async () => {
      expect((await site.find(TYPES.zone, 'province')).status?.quotaUsed).toMatchObject({
        cpu: '0m',
        pods: 0,
      });
    }, PATIENCE);
  });

  it('stalls a policy that makes no sense, and disturbs no other key', async () => {
    await site.start();
    const good = await site.find(TYPES.policy, 'general');
    const timed = good.spec.timed && {
      ...good.spec.timed,
      schedule: { cron: '0 0 31 2 *', timeZone: 'Asia/Shanghai' },
    };
    await site.apply(TYPES.policy, written(good, { ...good.spec, timed }));
    const stalled = await vi.waitFor(async () => {
      const found = await site.find(TYPES.policy, 'general');
      expect(found.status?.phase).toBe('Stalled');
      return found;
    }, PATIENCE);
    expect(stalled.status?.findings?.[0]).toMatchObject({ field: 'spec.timed.schedule.cron' });
    await site.untilTold(TYPES.dataset, `${ECONOMY}/economy`, [
      'Protected=False PolicyStalled',
      'Realtime=Unknown NotResolved',
      'Resolved=False PolicyStalled',
      'Timed=Unknown NotResolved',
    ]);
    expect((await site.find(TYPES.policy, 'important')).status?.phase).toBe('Ready');
    await site.apply(TYPES.policy, written(good, good.spec));
    await site.untilTold(TYPES.dataset, `${ECONOMY}/economy`, [
      'Protected=False NoRecoveryPoint',
      'Realtime=False NotInPolicy',
      'Resolved=True Resolved',
      'Timed=False NoRecoveryPoint',
    ]);
  });

  it('leaves a Placement alone that recovery has moved on, also after a restart', async () => {
    const first = await site.start();
    const before = await site.find(TYPES.placement, `${POPULATION}/population`);
    await first.stop();
    const moved = { ...before.spec, home: 'local-dr', replica: 'production', epoch: 2 };
    await site.client.apply(TYPES.placement, written(before, moved), {
      fieldManager: 'zaibei-recovery',
      force: true,
    });
    await site.start();
    await site.untilTold(TYPES.placement, `${POPULATION}/population`, [
      'AsDesigned=False TakenOver',
      'Ready=True Reconciled',
    ]);
    const [dataset] = site.datasets;
    if (dataset === undefined) throw new Error('the site has no dataset');
    const metadata = { ...dataset.metadata, labels: { touched: RUN } };
    await site.apply(TYPES.dataset, { ...dataset, metadata });
    await site.untilTold(TYPES.dataset, `${POPULATION}/population`, UNPROTECTED);
    const after = await site.find(TYPES.placement, `${POPULATION}/population`);
    expect(after).toMatchObject({ spec: moved, metadata: { uid: before.metadata.uid } });
  });

  it('makes one Placement of a group, however many operators race for it', async () => {
    const race = raceToCreate(site.client, 'Placement', 2);
    await Promise.all([site.start(race.client), site.start(race.client)]);
    const group = `races-${RUN}`;
    const [like] = site.datasets;
    if (like === undefined) throw new Error('the lab has no dataset');
    const spec = { ...like.spec, protectionGroup: group };
    await site.apply(TYPES.dataset, { ...like, metadata: { ...like.metadata, name: group }, spec });
    await site.untilTold(TYPES.dataset, `${POPULATION}/${group}`, UNPROTECTED);
    const { items } = await site.client.listPage(TYPES.placement, { limit: 100, namespace: POPULATION });
    expect(items.filter(({ spec: { group: of } }) => of === group)).toHaveLength(1);
    // Which of the two answers comes back first is not said.
    expect(race.outcomes.toSorted()).toEqual(['AlreadyExists', 'made']);
  });

  it('tells by name what was altered by hand and what no Dataset names', async () => {
    await site.start();
    const deny = await site.find(NETWORK_POLICIES, `${ECONOMY}/default-deny`);
    await site.client.delete(NETWORK_POLICIES, deny);
    const resources = { requests: { storage: '1Mi' } };
    const metadata = { name: 'forgotten', namespace: ECONOMY };
    const spec = { accessModes: ['ReadWriteOnce'], resources };
    await site.apply(CLAIMS, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec });
    const { status } = await site.untilTold(TYPES.zone, 'province', [
      'Covered=False Uncovered',
      'Intact=False Drifted',
      'Ready=False Drifted',
      'TenantsStand=True AllStand',
    ]);
    expect(status?.drift?.objects).toEqual([
      expect.objectContaining({ kind: 'NetworkPolicy', namespace: ECONOMY, name: 'default-deny' }),
    ]);
    expect(status?.coverage?.uncovered).toEqual([
      { kind: 'PersistentVolumeClaim', namespace: ECONOMY, name: 'forgotten' },
    ]);
  });

  it('has recorded each generation of policies and zones once', () => {
    const told = site.journal.records.map(
      ({ object }) => `${object?.kind ?? ''} ${object?.name ?? ''} ${object?.generation ?? 0}`,
    );
    expect(told.filter((one) => one.startsWith('ProtectionPolicy general'))).toEqual([
      'ProtectionPolicy general 1',
      'ProtectionPolicy general 2',
      'ProtectionPolicy general 3',
    ]);
    expect(new Set(told).size).toBe(told.length);
  });
});
