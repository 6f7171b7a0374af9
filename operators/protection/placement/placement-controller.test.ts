import { describe, expect, it } from 'vitest';
import { ProtectedCentre } from '../testing/protected-centre.ts';
import { told } from '../testing/told-conditions.ts';

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
