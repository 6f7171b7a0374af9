import { describe, expect, it } from 'vitest';
import { buildApp, objectsOf, stacksOf } from './app.ts';
import { describeObject } from './render/kubernetes-object.ts';
import { databaseLabels, siteFixture, type SiteFixture } from './testing/site-fixture.ts';
import { projectSite, synthesizeSite } from './testing/synthesized-site.ts';

const small: SiteFixture = {
  tenants: [{ name: 'police' }, { name: 'tax' }],
  datasets: [{ name: 'd1', tenant: 'tax', engine: 'postgres', class: 'important', nodePort: 30_001 }],
};

const larger: SiteFixture = {
  tenants: [{ name: 'land' }, { name: 'police' }, { name: 'tax' }],
  grants: [{ name: 'g', from: 'land', to: 'tax', port: 5432, toLabels: databaseLabels('d1') }],
  datasets: [
    { name: 'd0', tenant: 'land', engine: 'files', class: 'general', nodePort: 30_002 },
    ...(small.datasets ?? []),
  ],
};

describe('the stacks of a site', () => {
  it('keep every name when a tenant, a grant and a dataset are added: an expansion destroys nothing', () => {
    const after = synthesizeSite(siteFixture(larger));
    for (const [name, stack] of synthesizeSite(siteFixture(small))) {
      for (const [type, resources] of Object.entries(stack.resource)) {
        const kept = Object.keys(after.get(name)?.resource[type] ?? {});
        expect(kept, name).toEqual(expect.arrayContaining(Object.keys(resources)));
      }
    }
  });

  it('are the same text however often, and in whatever order tenants are written', () => {
    const turned = { ...small, tenants: [...(small.tenants ?? [])].reverse() };
    const [one, other] = [small, turned].map((fixture) =>
      synthesizeSite(siteFixture(fixture)).get('production-zone'),
    );
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it('never depend on another centre', () => {
    for (const { centre, dependencies } of stacksOf(buildApp(siteFixture(small)))) {
      for (const { node } of dependencies) expect(node.id).toMatch(new RegExp(`^${centre}-`));
    }
  });

  it('of a silent centre come last, so that its failure keeps nothing from the living', () => {
    const app = buildApp(siteFixture(small), { silent: new Set(['production']) });
    const first = stacksOf(app).find(({ node }) => node.id === 'production-foundation');
    expect(first?.dependencies.map(({ node }) => node.id)).toEqual(['local-dr-control', 'remote-dr-control']);
  });

  it('are those of the wanted centres only; a centre that does not exist is refused with those that do', () => {
    const app = buildApp(siteFixture(small), { centres: ['remote-dr'] });
    expect(stacksOf(app).map(({ centre }) => centre)).toEqual(['remote-dr', 'remote-dr', 'remote-dr']);
    expect(() => buildApp(siteFixture(small), { centres: ['xiamen'] })).toThrow(
      'ZB-STK-003 ZAIBEI_CENTRES: the site test has no xiamen; it has production, local-dr, remote-dr',
    );
  });

  it('carry the same documents into every centre of a zone [T-06]', () => {
    const app = buildApp(siteFixture(small));
    const documents = ['production', 'local-dr', 'remote-dr'].map((centre) =>
      objectsOf(app, centre)
        .filter(({ apiVersion }) => apiVersion.startsWith('zaibei.io/'))
        .map((object) => JSON.stringify(object)),
    );
    expect(documents[0]?.length).toBe(1 + 1 + 3 + 2 + 1);
    expect(documents[1]).toEqual(documents[0]);
    expect(documents[2]).toEqual(documents[0]);
  });

  it('give a city its own zone, all policies and the topology, and nothing of the tenants of the province [T-09, T-10]', async () => {
    const model = await projectSite('fujian');
    const objects = objectsOf(buildApp(model, { centres: ['fuzhou'] }), 'fuzhou').map(describeObject);
    const policies = model.policies.map(({ metadata }) => `ProtectionPolicy ${metadata.name}`);
    expect(objects).toEqual(expect.arrayContaining(['Topology fujian', 'DataZone fuzhou', ...policies]));
    const namesIn = (zone: string): string[] =>
      model.zones.flatMap(({ metadata, spec }) =>
        metadata.name === zone ? (spec.tenants ?? []).map(({ name }) => name) : [],
      );
    const tenants = namesIn('province')
      .filter((name) => !namesIn('fuzhou').includes(name))
      .map((name) => `Namespace ${name}`);
    expect(tenants.length).toBeGreaterThan(5);
    for (const stranger of ['DataZone province', ...tenants]) expect(objects).not.toContain(stranger);
  });

  it('leave the store behind on destroy, with backups and keys, and nothing else', () => {
    const kept = [...synthesizeSite(siteFixture(small))].flatMap(([, stack]) =>
      Object.entries(stack.resource['kubectl_manifest'] ?? {}).flatMap(([name, resource]) =>
        resource['apply_only'] === true ? [name] : [],
      ),
    );
    expect([...new Set(kept)]).toEqual(['namespace_zb-store']);
  });

  it('isolate a namespace before anything opens it, and to the last when it is taken away', () => {
    const zone = synthesizeSite(siteFixture(larger)).get('production-zone');
    const manifests = Object.entries(zone?.resource['kubectl_manifest'] ?? {});
    const openings = manifests.filter(
      ([name]) => name.startsWith('networkpolicy_land_') && name !== 'networkpolicy_land_default-deny',
    );
    expect(openings.length).toBeGreaterThan(3);
    for (const [name, resource] of openings) {
      expect(resource['depends_on'], name).toContain('kubectl_manifest.networkpolicy_land_default-deny');
    }
  });

  it('have an object for every description once', () => {
    const objects = objectsOf(buildApp(siteFixture(larger)), 'production').map(describeObject);
    expect(new Set(objects).size).toBe(objects.length);
  });
});
