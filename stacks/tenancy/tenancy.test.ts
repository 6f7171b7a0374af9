import { describe, expect, it } from 'vitest';
import { ANNOTATIONS, LABELS, ownerLabel } from '../../operators/api/layout/labels.ts';
import { buildApp, objectsOf } from '../app.ts';
import { viewCentre } from '../centre-view.ts';
import { siteFixture } from '../testing/site-fixture.ts';
import { synthesizeSite } from '../testing/synthesized-site.ts';
import { tenantCopiesNamespace, tenantNamespace } from './namespaces.ts';
import { declaredNodePorts } from './node-ports.ts';
import { ownAddresses } from './own-addresses.ts';
import { priorityClasses } from './priority-classes.ts';
import { copiesQuota, limitRange, tenantQuota } from './quotas.ts';
import { retainedVolumes } from './retained-volumes.ts';
import { tenantPriority } from './tenant-priority.ts';
import { unforgedTokens } from './unforged-tokens.ts';

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
    expect(tenantQuota('tax', quota).spec?.hard).toMatchObject({
      'requests.cpu': '250m',
      'requests.memory': '512Mi',
      'requests.storage': '1536Mi',
      pods: '10',
    });
  });

  it('keep a tenant from filling what all share: etcd, and the ports of the nodes', () => {
    expect(tenantQuota('tax', quota).spec?.hard).toMatchObject({
      'count/configmaps': '100',
      'count/secrets': '100',
      'count/jobs.batch': '200',
      'services.loadbalancers': '0',
      'services.nodeports': '0',
    });
  });

  it('give a tenant a NodePort for each of its own datasets, in every centre', () => {
    const dataset = { engine: 'postgres', class: 'core' } as const;
    const model = siteFixture({
      tenants: [{ name: 'police' }, { name: 'tax' }],
      datasets: [
        { ...dataset, name: 'd1', tenant: 'tax', nodePort: 30_001 },
        { ...dataset, name: 'd2', tenant: 'tax', nodePort: 30_002, engine: 'files' },
      ],
    });
    const app = buildApp(model);
    for (const { name } of model.topology.spec.centres) {
      const quotas = new Map(
        objectsOf(app, name).flatMap((object) =>
          object.kind === 'ResourceQuota' ? [[object.metadata.namespace, object] as const] : [],
        ),
      );
      expect(quotas.get('tax')).toMatchObject({ spec: { hard: { 'services.nodeports': '2' } } });
      expect(quotas.get('police')).toMatchObject({ spec: { hard: { 'services.nodeports': '0' } } });
    }
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

describe('what the API server refuses', () => {
  const model = siteFixture({
    tenants: [{ name: 'police' }, { name: 'tax' }, { name: 'land' }],
    datasets: [
      { name: 'd1', tenant: 'tax', engine: 'postgres', class: 'core', nodePort: 30_002 },
      { name: 'd2', tenant: 'tax', engine: 'files', class: 'core', nodePort: 30_001 },
      { name: 'd3', tenant: 'police', engine: 'postgres', class: 'core', nodePort: 30_003 },
    ],
  });
  const [production] = model.topology.spec.centres;
  if (production === undefined) throw new RangeError('the fixture has no centre');
  const nodePorts = () => declaredNodePorts(viewCentre(model, production).tenants, production);
  const all = { nodePorts, ownAddresses, tenantPriority, unforgedTokens };

  it.each([
    ['unforgedTokens', 'secrets', ['copies', 'store', 'system']],
    ['nodePorts', 'services', ['tenant']],
    ['ownAddresses', 'services', ['tenant']],
    ['tenantPriority', 'pods', ['tenant']],
  ] as const)('%s: asked of %s where the namespace is for %j, and in force', (rule, resource, purposes) => {
    const [policy, binding] = all[rule]();
    expect(policy.spec?.failurePolicy).toBe('Fail');
    expect(policy.spec?.matchConstraints?.resourceRules?.[0]?.resources).toEqual([resource]);
    expect(policy.spec?.matchConstraints?.namespaceSelector).toEqual({
      matchExpressions: [{ key: LABELS.purpose, operator: 'In', values: purposes }],
    });
    expect(binding.spec).toEqual({ policyName: policy.metadata.name, validationActions: ['Deny'] });
  });

  it('is asked in every centre before there is a namespace to break it in', () => {
    const stacks = synthesizeSite(siteFixture({ tenants: [{ name: 'tax' }] }));
    for (const centre of ['production', 'local-dr', 'remote-dr']) {
      const resources = stacks.get(`${centre}-foundation`)?.resource['kubectl_manifest'] ?? {};
      for (const rule of Object.values(all)) {
        expect(resources['namespace_zb-store']?.['depends_on']).toContain(
          `kubectl_manifest.validatingadmissionpolicybinding_${rule()[1].metadata.name}`,
        );
      }
    }
  });

  it('lets each tenant have the NodePorts of its own datasets, written the same whatever their order', () => {
    expect(nodePorts()[0].spec?.variables?.[0]?.expression).toBe(
      "{'police': [30003], 'tax': [30001, 30002]}",
    );
  });

  it('leaves tenants below all that protects data but a backup, which pushes nobody out', () => {
    const [policy] = tenantPriority();
    const ceiling = Number(/<= (\d+)$/.exec(policy.spec?.validations?.[0]?.expression ?? '')?.[1]);
    const reached = priorityClasses().filter(({ value = Infinity }) => value <= ceiling);
    expect(reached.map(({ metadata }) => metadata.name)).toEqual(['zaibei-backup']);
  });
});
