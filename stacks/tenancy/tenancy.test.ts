import { describe, expect, it } from 'vitest';
import { ANNOTATIONS, LABELS, ownerLabel } from '../../operators/api/layout/labels.ts';
import { viewCentre } from '../centre-view.ts';
import { siteFixture } from '../testing/site-fixture.ts';
import { tenantCopiesNamespace, tenantNamespace } from './namespaces.ts';
import { copiesQuota, limitRange, tenantQuota } from './quotas.ts';
import { retainedVolumes } from './retained-volumes.ts';

const quota = { cpu: '0.25', memory: '512Mi', storage: '1.5Gi', pods: 10 };

describe('namespaces of a tenant', () => {
  const model = siteFixture({ tenants: [{ name: 'tax' }] });
  const [centre] = model.topology.spec.centres;
  const [tenant] = centre === undefined ? [] : viewCentre(model, centre).tenants;
  if (tenant === undefined) throw new RangeError('the fixture has no tenant');

  it('say whose they are: for selectors by a label, for people by name [S-08]', () => {
    const { metadata } = tenantNamespace(tenant);
    expect(metadata.labels).toMatchObject({
      [LABELS.zone]: 'province',
      [LABELS.tenant]: 'tax',
      [LABELS.platform]: 'provincial',
      [LABELS.owner]: ownerLabel('省公安厅'),
      [LABELS.purpose]: 'tenant',
    });
    expect(metadata.annotations).toMatchObject({
      [ANNOTATIONS.owner]: '省公安厅',
      [ANNOTATIONS.contact]: 'duty desk',
    });
    expect(tenantCopiesNamespace(tenant).metadata.labels?.[LABELS.purpose]).toBe('copies');
  });

  it('give every organisation a label value of its own, always the same', () => {
    expect(ownerLabel('省公安厅')).toMatch(/^o-[0-9a-f]{10}$/);
    expect(ownerLabel('省公安厅')).toBe(ownerLabel('省公安厅'));
    expect(ownerLabel('省公安厅')).not.toBe(ownerLabel('省统计局'));
  });
});

describe('quotas', () => {
  it('are what the zone promised the tenant, spelt as the API server spells it [T-07]', () => {
    expect(tenantQuota('tax', quota).spec?.hard).toEqual({
      'requests.cpu': '250m',
      'requests.memory': '512Mi',
      'requests.storage': '1536Mi',
      pods: '10',
    });
  });

  it('leave room beside a copy to restore it and prove it', () => {
    expect(copiesQuota('zb-copies-tax', quota).spec?.hard?.['requests.storage']).toBe('3Gi');
  });

  it('give a container that states nothing an equal share, and the whole as its limit', () => {
    const [limit] = limitRange('tax', quota).spec.limits;
    expect(limit?.defaultRequest).toEqual({ cpu: '25m', memory: '51Mi' });
    expect(limit?.default).toEqual({ cpu: '250m', memory: '512Mi' });
    const many = limitRange('tax', { ...quota, pods: 100_000 }).spec.limits[0];
    expect(many?.defaultRequest).toEqual({ cpu: '1m', memory: '1Mi' });
  });
});

describe('retained volumes', () => {
  it('are asked for every namespace, in an order that does not depend on the config', () => {
    const [policy] = retainedVolumes(['tax', 'zb-store', 'police']);
    expect(policy.spec?.variables?.[0]?.expression).toContain("in ['police', 'tax', 'zb-store']");
    expect(policy.spec?.failurePolicy).toBe('Fail');
  });
});
