import { describe, expect, it } from 'vitest';
import { labSite, tenancyOf } from '../testing/lab-site.ts';
import { zoneFacts, type Sent } from '../testing/zone-facts.ts';
import { findDrift } from './drift.ts';
import { observeTenants } from './tenants.ts';

const [zone] = (await labSite()).zones;
if (zone === undefined) throw new Error('the lab has no zone');
const declared = zone;
const deployed = tenancyOf(declared) as Sent[];

/** The drift of the lab's zone with one of its objects changed: undefined takes it away. */
function driftWith(kind: string, key: string, change: (object: Sent) => Sent | undefined): string[] {
  const objects = deployed.flatMap((object) => {
    const { name, namespace } = object.metadata;
    const here = object.kind === kind && [namespace, name].filter(Boolean).join('/') === key;
    return (here ? change(object) : object) ?? [];
  });
  return tell(objects);
}

function tell(objects: readonly Sent[]): string[] {
  const { total, objects: found = [] } = findDrift(declared, zoneFacts(objects));
  expect(total).toBe(found.length);
  return found.map(
    (one) => `${one.kind} ${[one.namespace, one.name].filter(Boolean).join('/')} ${one.found}`,
  );
}

function labelled(object: Sent, labels: Record<string, string | undefined>): Sent {
  const before = (object.metadata as { labels?: object }).labels;
  return {
    ...object,
    metadata: { ...object.metadata, labels: { ...before, ...labels } } as Sent['metadata'],
  };
}

describe('the drift of a zone', () => {
  it('is none where everything stands as it was deployed', () => {
    expect(findDrift(declared, zoneFacts(deployed))).toEqual({ total: 0 });
  });

  it.each<[string, string, string, (object: Sent) => Sent | undefined, string]>([
    ['a namespace that is missing', 'Namespace', 'economy', () => undefined, 'Namespace economy is missing'],
    [
      'a namespace on its way out',
      'Namespace',
      'economy',
      (object) => ({
        ...object,
        metadata: { ...object.metadata, deletionTimestamp: 'now' } as Sent['metadata'],
      }),
      'Namespace economy is being deleted',
    ],
    [
      'a namespace that was given to another tenant',
      'Namespace',
      'zb-copies-economy',
      (object) => labelled(object, { 'zaibei.io/tenant': 'population' }),
      'Namespace zb-copies-economy zaibei.io/tenant is population, not economy',
    ],
    [
      'a namespace whose pods may do more',
      'Namespace',
      'economy',
      (object) => labelled(object, { 'pod-security.kubernetes.io/enforce': 'privileged' }),
      'Namespace economy pod-security.kubernetes.io/enforce is privileged, not restricted',
    ],
    [
      'a quota that is missing',
      'ResourceQuota',
      'economy/quota',
      () => undefined,
      'ResourceQuota economy/quota is missing: nothing limits the namespace',
    ],
    [
      'a quota that was raised',
      'ResourceQuota',
      'economy/quota',
      (object) => ({
        ...object,
        spec: {
          hard: { 'requests.cpu': '8', 'requests.memory': '512Mi', 'requests.storage': '2Gi', pods: '10' },
        },
      }),
      'ResourceQuota economy/quota requests.cpu is 8, not 250m',
    ],
    [
      'a quota without a limit',
      'ResourceQuota',
      'economy/quota',
      (object) => ({
        ...object,
        spec: { hard: { 'requests.cpu': '250m', 'requests.memory': '512Mi', 'requests.storage': '2Gi' } },
      }),
      'ResourceQuota economy/quota pods is not limited, not 10',
    ],
    [
      'isolation that is missing',
      'NetworkPolicy',
      'economy/default-deny',
      () => undefined,
      'NetworkPolicy economy/default-deny is missing: the namespace is open',
    ],
    [
      'isolation that was opened',
      'NetworkPolicy',
      'economy/default-deny',
      (object) => ({ ...object, spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] } }),
      'NetworkPolicy economy/default-deny was altered: the namespace may be open',
    ],
  ])('tells of %s [T-06]', (_title, kind, key, change, expected) => {
    expect(driftWith(kind, key, change)).toEqual([expected]);
  });

  it('tells of an opening that nobody declared', () => {
    const added = { kind: 'NetworkPolicy', metadata: { name: 'open', namespace: 'economy' }, spec: {} };
    expect(tell([...deployed, added])).toEqual([
      'NetworkPolicy economy/open is no declared opening: no deployment of zaibei wrote it',
    ]);
  });

  it('tells of a namespace that carries the label of the zone and is no tenant of it', () => {
    const added = labelled(
      { kind: 'Namespace', metadata: { name: 'shadow' } },
      { 'zaibei.io/zone': 'province' },
    );
    expect(tell([...deployed, added])).toEqual([
      'Namespace shadow is labelled as part of the zone, and no tenant of it',
    ]);
  });

  it('takes amounts for what they are, however the server writes them', () => {
    const hard = {
      'requests.cpu': '0.25',
      'requests.memory': '524288Ki',
      'requests.storage': '2048Mi',
      pods: '10',
    };
    expect(driftWith('ResourceQuota', 'economy/quota', (object) => ({ ...object, spec: { hard } }))).toEqual(
      [],
    );
  });

  it('lists a bounded number of a total that is told', () => {
    const many = { ...declared, spec: { ...declared.spec, tenants: manyTenants(60) } };
    const { total, objects } = findDrift(many, zoneFacts([]));
    expect(total).toBe(120);
    expect(objects).toHaveLength(50);
  });
});

describe('the tenants of a zone', () => {
  it('stand with a namespace of the zone, are missing without, and are undeclared beside', () => {
    const objects = deployed.filter(
      ({ kind, metadata }) => kind !== 'Namespace' || metadata.name !== 'economy',
    );
    const shadow = labelled(
      { kind: 'Namespace', metadata: { name: 'shadow' } },
      { 'zaibei.io/zone': 'province', 'zaibei.io/purpose': 'tenant' },
    );
    expect(observeTenants(declared, zoneFacts([...objects, shadow]).namespaces)).toEqual({
      standing: ['population', 'licences', 'civil-affairs', 'trading'],
      missing: ['economy'],
      undeclared: ['shadow'],
    });
  });
});

function manyTenants(count: number) {
  const [like] = declared.spec.tenants ?? [];
  if (like === undefined) throw new Error('the lab has no tenant');
  return Array.from({ length: count }, (_, index) => ({ ...like, name: `t${index}` }));
}
