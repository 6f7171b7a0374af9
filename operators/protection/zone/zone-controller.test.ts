import { describe, expect, it } from 'vitest';
import { ProtectedCentre } from '../testing/protected-centre.ts';
import { told } from '../testing/told-conditions.ts';

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
