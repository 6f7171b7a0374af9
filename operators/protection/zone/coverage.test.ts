import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LISTED_UNCOVERED } from '../../api/kinds/data-zone-status.ts';
import { labSite } from '../testing/lab-site.ts';
import { zoneFacts, type Sent } from '../testing/zone-facts.ts';
import { judgeCoverage, type Coverage } from './coverage.ts';

const site = await labSite();
const [zone] = site.zones;
if (zone === undefined) throw new Error('the lab has no zone');
const declared = zone;

function claim(name: string, namespace = 'population'): Sent {
  return { kind: 'PersistentVolumeClaim', metadata: { name, namespace } };
}

function workload(
  kind: 'StatefulSet' | 'Deployment',
  name: string,
  { app = name, claims = [], templates = [] }: { app?: string; claims?: string[]; templates?: string[] } = {},
): Sent {
  const volumes = claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } }));
  return {
    kind,
    metadata: { name, namespace: 'population' },
    spec: {
      template: { metadata: { labels: { app } }, spec: { volumes } },
      volumeClaimTemplates: templates.map((template) => ({ metadata: { name: template } })),
    },
  };
}

/** How often the metadata of the claims is asked for while a namespace with so many workloads is judged. */
function looksAtClaims(workloads: number): number {
  let looks = 0;
  const claims = Array.from({ length: 50 }, (_, index) => claim(`data-s${index}-0`));
  const sets = Array.from({ length: workloads }, (_, index) =>
    workload('StatefulSet', `s${index}`, { app: 'population-db', templates: ['data'] }),
  );
  const facts = zoneFacts([...claims, ...sets], site.datasets);
  for (const kept of facts.claims.all()) {
    const { metadata } = kept;
    Object.defineProperty(kept, 'metadata', {
      get: () => {
        looks += 1;
        return metadata;
      },
    });
  }
  expect(judgeCoverage(declared, facts)).toMatchObject({ claims: 50, uncoveredClaims: 0 });
  return looks;
}

function coverageOf(...objects: Sent[]): Coverage {
  return judgeCoverage(declared, zoneFacts(objects, site.datasets));
}

function uncovered(...objects: Sent[]): string[] {
  return (coverageOf(...objects).uncovered ?? []).map(({ kind, namespace, name, stateless }) =>
    [kind, `${namespace}/${name}`, ...(stateless === true ? ['stateless'] : [])].join(' '),
  );
}

/** The database that the lab's Dataset `population` names by its labels, with the claim that it keeps its data in. */
const DATABASE = workload('StatefulSet', 'population-db', { templates: ['data'] });

describe('the coverage of a zone', () => {
  it('is whole where Datasets name the workloads, and with them their claims [D-02, D-08]', () => {
    expect(coverageOf(DATABASE, claim('data-population-db-0'), claim('licences', 'licences'))).toEqual({
      workloads: 1,
      uncoveredWorkloads: 0,
      claims: 2,
      uncoveredClaims: 0,
      stateless: 0,
    });
  });

  it.each<[string, Sent[], string[]]>([
    ['a volume that nobody uses', [claim('forgotten')], ['PersistentVolumeClaim population/forgotten']],
    [
      'a database with its volume',
      [workload('StatefulSet', 'other-db', { templates: ['data'] }), claim('data-other-db-0')],
      ['PersistentVolumeClaim population/data-other-db-0', 'StatefulSet population/other-db'],
    ],
    [
      'a StatefulSet without a claim: it says that it keeps something',
      [workload('StatefulSet', 'cache')],
      ['StatefulSet population/cache'],
    ],
    [
      'a Deployment with a claim',
      [workload('Deployment', 'uploads', { claims: ['files'] }), claim('files')],
      ['PersistentVolumeClaim population/files', 'Deployment population/uploads'],
    ],
    [
      'a Deployment that keeps nothing, as such',
      [workload('Deployment', 'gateway')],
      ['Deployment population/gateway stateless'],
    ],
    [
      'a claim whose name only begins like one of a named workload',
      [DATABASE, claim('data-population-db-old')],
      ['PersistentVolumeClaim population/data-population-db-old'],
    ],
  ])('lacks %s', (_title, objects, expected) => {
    expect(uncovered(...objects)).toEqual(expected);
  });

  it('is given by the name of the volume, and with it to the workload that keeps nothing else', () => {
    const portal = { ...workload('Deployment', 'portal', { claims: ['licences'] }) };
    const inLicences = { ...portal, metadata: { name: 'portal', namespace: 'licences' } };
    expect(uncovered(inLicences, claim('licences', 'licences'))).toEqual([]);
    expect(uncovered(portal, claim('licences'))).toHaveLength(2);
  });

  it('is not given to every workload of a tenant by a Dataset that names a volume', () => {
    const cache = { ...workload('StatefulSet', 'cache'), metadata: { name: 'cache', namespace: 'licences' } };
    expect(uncovered(cache, claim('licences', 'licences'))).toEqual(['StatefulSet licences/cache']);
  });

  it('leaves out what the operator runs to protect: the exporter of a volume', () => {
    const exporter = workload('Deployment', 'exporter', { claims: ['licences'] });
    const spec = { template: { metadata: { labels: { 'zaibei.io/exporter': 'licences' } } } };
    expect(uncovered({ ...exporter, spec })).toEqual([]);
  });

  it('is about the tenants only, and not about what is on its way out', () => {
    const going = {
      ...claim('going'),
      metadata: { name: 'going', namespace: 'population', deletionTimestamp: 'now' },
    };
    expect(
      coverageOf(going, claim('replica', 'zb-copies-population'), claim('x', 'kube-system')),
    ).toMatchObject({
      claims: 0,
      uncoveredClaims: 0,
    });
  });

  it('lists a bounded number of totals that are told, what keeps data first', () => {
    const objects = Array.from({ length: 150 }, (_, index) => claim(`c${index}`));
    const { uncoveredClaims, uncovered: listed = [] } = coverageOf(
      ...objects,
      workload('Deployment', 'gateway'),
    );
    expect(uncoveredClaims).toBe(150);
    expect(listed).toHaveLength(LISTED_UNCOVERED);
    expect(listed.every(({ kind }) => kind === 'PersistentVolumeClaim')).toBe(true);
  });

  it('costs no look at a claim more for a workload more: a tenant may make thousands of both', () => {
    expect(looksAtClaims(500)).toBe(looksAtClaims(50));
  });

  it('keeps of a workload no more labels than pods have, and says that the rest is not named', () => {
    const labels = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`l${index}`, 'x']));
    const spec = { template: { metadata: { labels: { ...labels, app: 'population-db' } } } };
    const facts = zoneFacts([{ ...DATABASE, spec }], site.datasets);
    const [kept] = [...facts.statefulSets.all()];
    expect(JSON.stringify(kept).length).toBeLessThan(5_000);
    expect(judgeCoverage(declared, facts)).toMatchObject({ workloads: 1, uncoveredWorkloads: 1 });
  });

  it('lists each object once, in an order that does not depend on that of arrival', () => {
    const objects = [
      DATABASE,
      claim('data-population-db-0'),
      claim('forgotten'),
      claim('lost', 'economy'),
      workload('Deployment', 'gateway'),
      workload('StatefulSet', 'cache'),
    ];
    const expected = coverageOf(...objects);
    fc.assert(
      fc.property(fc.shuffledSubarray(objects, { minLength: objects.length }), (shuffled) => {
        expect(coverageOf(...shuffled)).toEqual(expected);
      }),
    );
  });
});
