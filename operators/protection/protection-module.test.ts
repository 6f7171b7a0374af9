import { describe, expect, it } from 'vitest';
import { findCondition, type Condition } from '../api/index.ts';
import type { Legs } from './dataset/leg-evidence.ts';
import type { Verdict } from './facts/verdict.ts';
import { ProtectedCentre } from './testing/protected-centre.ts';

/** Conditions as `Type=Status Reason`, but for the times. */
function told(conditions: readonly Condition[] = []): string[] {
  return conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
}

function evidence(realtime: Verdict, timed: Verdict): Legs {
  return {
    realtime: { judge: () => realtime, triggers: [] },
    timed: { judge: () => timed, triggers: [] },
  };
}

describe('the controller of policies', () => {
  it('tells what a policy protects, when it is due next in its zone, and that it fits', async () => {
    const centre = await ProtectedCentre.open();
    const { status, end } = await centre.run('policy', 'important');
    expect(told(status?.conditions)).toEqual(['Feasible=True ChangesFit', 'Ready=True RulesKept']);
    expect(status).toMatchObject({
      datasets: 3,
      nextSlots: ['2026-11-23T12:15:00+08:00', '2026-11-23T12:30:00+08:00', '2026-11-23T12:45:00+08:00'],
      feasibility: { judged: 3, unjudged: 0, exceeding: 0 },
    });
    // The clock of the test stands at noon in Shanghai: the next slot is in a quarter of an hour.
    expect(end).toEqual({ kind: 'done', again: 15 * 60_000 });
  });

  it('stalls one that makes no sense, with field and reason, and leaves the others alone', async () => {
    const centre = await ProtectedCentre.open();
    await centre.run('policy', 'general');
    const schedule = { cron: '0 0 31 2 *', timeZone: 'Asia/Shanghai' };
    centre.change('policy', 'general', { timed: { schedule, store: 'remote', deadline: '30m' } });
    const stalled = await centre.run('policy', 'general');
    expect(told(stalled.status?.conditions)).toContain('Stalled=True RuleBroken');
    expect(stalled.status?.nextSlots).toBeUndefined();
    expect(stalled.status?.findings?.[0]).toMatchObject({
      code: 'ZB-TIM-001',
      field: 'spec.timed.schedule.cron',
    });
    expect((await centre.run('policy', 'general')).end).toEqual({ kind: 'held' });
    expect((await centre.run('policy', 'important')).status?.phase).toBe('Ready');
    const economy = await centre.run('dataset', 'economy/economy');
    expect(told(economy.status?.conditions)).toContain('Resolved=False PolicyStalled');
  });

  it('tells what is wrong among the other documents, and mends it when they do', async () => {
    const centre = await ProtectedCentre.open();
    centre.remove('store', 'remote');
    const lacking = await centre.run('policy', 'general');
    expect(told(lacking.status?.conditions)).toEqual(['Feasible=Unknown NoLink', 'Ready=False RuleBroken']);
    expect(findCondition(lacking.status?.conditions, 'Ready', 1)?.message).toContain('ZB-TIM-004');
  });

  it('records each generation once, also when it was stopped before the status [S-01]', async () => {
    const centre = await ProtectedCentre.open();
    const { journal } = centre.operator;
    await centre.run('policy', 'general');
    await centre.run('policy', 'general');
    centre.change('policy', 'general', { version: 'lab-2' });
    centre.operator.server.onCall = ({ verb }) => {
      if (verb === 'apply-status') throw new Error('stopped');
    };
    await centre.run('policy', 'general');
    centre.operator.server.onCall = () => undefined;
    await centre.run('policy', 'general');
    expect(
      journal.records.map(({ kind, object, body }) => [kind, object?.generation, body['change']]),
    ).toEqual([
      ['policy-change', 1, 'new'],
      ['policy-change', 2, 'changed'],
    ]);
  });
});

describe('the controller of datasets', () => {
  it.each([
    ['population/population', 'important', ['NotRunning', 'NoRecoveryPoint']],
    ['economy/economy', 'general', ['NotInPolicy', 'NoRecoveryPoint']],
    ['licences/licences', 'important', ['NotRunning', 'NoRecoveryPoint']],
    ['zaibei-system/zone-state', 'important', ['NotRunning', 'NoRecoveryPoint']],
  ])('tells of %s that nothing runs, and never that it is protected', async (key, policy, reasons) => {
    const centre = await ProtectedCentre.open();
    const { status } = await centre.run('dataset', key);
    expect(status).toMatchObject({ policy, effectiveClass: policy, phase: 'Unprotected' });
    expect(status?.findings).toBeUndefined();
    expect(told(status?.conditions)).toEqual([
      `Protected=False ${reasons.find((reason) => reason !== 'NotInPolicy') ?? ''}`,
      `Realtime=False ${reasons[0] ?? ''}`,
      'Resolved=True Resolved',
      `Timed=False ${reasons[1] ?? ''}`,
    ]);
  });

  it('protects an unclassified dataset as important, and tells that it is not classified [D-07]', async () => {
    const centre = await ProtectedCentre.open();
    centre.change('dataset', 'economy/economy', { class: undefined });
    const { status } = await centre.run('dataset', 'economy/economy');
    expect(status).toMatchObject({ effectiveClass: 'important', policy: 'important' });
    expect(status?.findings).toEqual([
      expect.objectContaining({ code: 'ZB-DST-002', severity: 'warning', field: 'spec.class' }),
    ]);
  });

  it('says of objects in buckets that there is no engine', async () => {
    const centre = await ProtectedCentre.open();
    const endpoint = { everywhere: { host: 'store.example', port: 443 } };
    centre.change('dataset', 'licences/licences', {
      files: undefined,
      objects: { endpoint, bucket: 'scans' },
    });
    const { status } = await centre.run('dataset', 'licences/licences');
    expect(told(status?.conditions)).toEqual([
      'Protected=False EngineMissing',
      'Realtime=False EngineMissing',
      'Resolved=True Resolved',
      'Timed=False EngineMissing',
    ]);
  });

  it('shows a suspended dataset as not covered', async () => {
    const runs: Verdict = { status: 'True', reason: 'Runs', message: 'It runs.' };
    const centre = await ProtectedCentre.open({}, evidence(runs, runs));
    centre.change('dataset', 'economy/economy', { suspend: true });
    const { status } = await centre.run('dataset', 'economy/economy');
    expect(status?.phase).toBe('Suspended');
    expect(told(status?.conditions)).toContain('Protected=False Suspended');
  });

  it('tells of a protected one by the evidence of whoever runs the legs', async () => {
    const runs: Verdict = { status: 'True', reason: 'Runs', message: 'It runs.' };
    const centre = await ProtectedCentre.open({}, evidence(runs, runs));
    const { status } = await centre.run('dataset', 'population/population');
    expect(status?.phase).toBe('Protected');
  });

  it('says why what it needs is not resolved', async () => {
    const centre = await ProtectedCentre.open();
    centre.remove('policy', 'general');
    centre.remove('zone', 'province');
    const [economy, population] = [
      await centre.run('dataset', 'economy/economy'),
      await centre.run('dataset', 'population/population'),
    ];
    expect(told(economy.status?.conditions)).toContain('Resolved=False NoPolicy');
    expect(told(population.status?.conditions)).toContain('Resolved=False NoZone');
    expect(population.status?.requirements).toHaveLength(3);
  });

  it('writes nothing when nothing has changed', async () => {
    const centre = await ProtectedCentre.open();
    await centre.run('dataset', 'population/population');
    const calls: string[] = [];
    centre.operator.server.onCall = ({ verb }) => {
      if (verb !== 'get') calls.push(verb);
    };
    centre.operator.clock.advance(60_000);
    await centre.run('dataset', 'population/population');
    expect(calls).toEqual([]);
  });
});

describe('the Placement of a group', () => {
  it('is made with its first dataset, at epoch 1 as designed, without an owner that would take it along', async () => {
    const centre = await ProtectedCentre.open();
    const { events } = await centre.run('dataset', 'population/population');
    expect(centre.placement('population/population')).toMatchObject({
      spec: {
        group: 'population',
        home: 'production',
        replica: 'local-dr',
        backup: 'remote-dr',
        backupSource: 'home',
        epoch: 1,
      },
      metadata: { labels: { 'app.kubernetes.io/managed-by': 'zaibei-operator' } },
    });
    expect(centre.placement('population/population')?.metadata.ownerReferences).toBeUndefined();
    expect(events).toEqual([expect.objectContaining({ type: 'Normal', reason: 'Placed' })]);
  });

  it('is the same in every centre', async () => {
    const specs = [];
    for (const name of ['production', 'local-dr', 'remote-dr']) {
      const centre = await ProtectedCentre.open({ centre: name });
      await centre.run('dataset', 'population/population');
      specs.push(centre.placement('population/population')?.spec);
    }
    expect(specs).toEqual([specs[0], specs[0], specs[0]]);
    expect(specs[0]).toBeDefined();
  });

  it('is not made in a city that has no part in it', async () => {
    const centre = await ProtectedCentre.open({ centre: 'xiamen' });
    const { status } = await centre.run('dataset', 'population/population');
    expect(centre.placement('population/population')).toBeUndefined();
    expect(told(status?.conditions)).toContain('Resolved=False NotHere');
  });

  it('is never changed afterwards, whatever the topology says: that is told', async () => {
    const centre = await ProtectedCentre.open();
    await centre.run('dataset', 'population/population');
    const before = centre.placement('population/population')?.spec;
    centre.change('zone', 'province', { centres: ['production', 'remote-dr'] });
    await centre.run('dataset', 'population/population');
    const { status } = await centre.run('placement', 'population/population');
    expect(centre.placement('population/population')?.spec).toEqual(before);
    expect(told(status?.conditions)).toEqual(['AsDesigned=False DesignChanged', 'Ready=True Reconciled']);
    expect(status?.datasets).toBe(1);
  });

  it('stays when its datasets are gone', async () => {
    const centre = await ProtectedCentre.open();
    await centre.run('dataset', 'economy/economy');
    centre.remove('dataset', 'economy/economy');
    await centre.run('dataset', 'economy/economy');
    const { status } = await centre.run('placement', 'economy/economy');
    expect(status?.datasets).toBe(0);
  });

  it('is not made anew at epoch 1 where this centre has voted on a later one', async () => {
    const centre = await ProtectedCentre.open();
    centre.have('vote', {
      apiVersion: 'zaibei.io/v1alpha1',
      kind: 'Vote',
      metadata: { name: 'v' },
      spec: { subject: 'placement/population/population', epoch: 4 },
    });
    const { status } = await centre.run('dataset', 'population/population');
    expect(centre.placement('population/population')).toBeUndefined();
    expect(told(status?.conditions)).toContain('Resolved=False PlacementLost');
  });

  it('is refused where the name is that of another group', async () => {
    const centre = await ProtectedCentre.open();
    const roles = { home: 'production', backup: 'remote-dr', backupSource: 'home', epoch: 1 };
    centre.have('placement', {
      apiVersion: 'zaibei.io/v1alpha1',
      kind: 'Placement',
      metadata: { name: 'population', namespace: 'population' },
      spec: { group: 'other', ...roles },
    });
    const { end, status } = await centre.run('dataset', 'population/population');
    expect(end.kind).toBe('waiting');
    expect(told(status?.conditions)).toContain('Protected=False ForeignPlacement');
  });
});

describe('the controller of zones', () => {
  it('tells that the tenants stand and nothing was altered', async () => {
    const centre = await ProtectedCentre.open();
    const { status } = await centre.run('zone', 'province');
    expect(told(status?.conditions)).toEqual([
      'Covered=True AllNamed',
      'Intact=True AsDeclared',
      'Ready=True Reconciled',
      'TenantsStand=True AllStand',
    ]);
    expect(status).toMatchObject({ tenants: 5, drift: { total: 0 } });
  });

  it('tells what was altered and what no Dataset names, by name', async () => {
    const centre = await ProtectedCentre.open();
    centre.remove('namespace', 'economy');
    centre.have('claim', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'forgotten', namespace: 'population' },
    });
    const { status } = await centre.run('zone', 'province');
    expect(told(status?.conditions)).toEqual([
      'Covered=False Uncovered',
      'Intact=False Drifted',
      'Ready=False TenantsMissing',
      'TenantsStand=False TenantsMissing',
    ]);
    expect(status?.coverage?.uncovered).toEqual([
      { kind: 'PersistentVolumeClaim', namespace: 'population', name: 'forgotten' },
    ]);
  });

  it('counts nothing of a zone that stands elsewhere', async () => {
    const centre = await ProtectedCentre.open({ centre: 'xiamen' });
    const { status } = await centre.run('zone', 'province');
    expect(told(status?.conditions)).toContain('TenantsStand=Unknown NotHere');
    expect(status?.tenants).toBeUndefined();
  });
});
