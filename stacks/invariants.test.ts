import type { App } from 'cdktf/lib/app.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import { buildApp, objectsOf, stacksOf } from './app.ts';
import { canonicalObject } from './render/canonical-object.ts';
import { describeObject, type KubernetesObject } from './render/kubernetes-object.ts';
import { projectSite, SITES, synthesizeApp, type SynthesizedStack } from './testing/synthesized-site.ts';

/** Beyond this, plans of `kubernetes_manifest` become slow; an object of etcd may have 1.5 MB. */
const LARGEST_OBJECT = 100_000;

describe.each(SITES)('every stack of the site %s', (site) => {
  let model: SiteModel;
  let app: App;
  let synthesized: Map<string, SynthesizedStack>;
  let centres: Map<string, KubernetesObject[]>;

  beforeAll(async () => {
    model = await projectSite(site);
    app = buildApp(model);
    synthesized = synthesizeApp(app);
    centres = new Map(model.topology.spec.centres.map(({ name }) => [name, objectsOf(app, name)] as const));
  });

  const everyObject = (): KubernetesObject[] => [...centres.values()].flat();

  it('exists three times per centre, each after the one before it [T-09]', () => {
    const names = model.topology.spec.centres.flatMap(({ name }) =>
      ['foundation', 'zone', 'control'].map((stackClass) => `${name}-${stackClass}`),
    );
    expect(stacksOf(app).map(({ node }) => node.id)).toEqual(names);
    const dependencies = new Map(
      stacksOf(app).map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]),
    );
    for (const { name } of model.topology.spec.centres) {
      expect(dependencies.get(`${name}-foundation`)).toEqual([]);
      expect(dependencies.get(`${name}-zone`)).toEqual([`${name}-foundation`]);
      expect(dependencies.get(`${name}-control`)).toEqual([`${name}-zone`]);
    }
  });

  it('puts objects only into namespaces that it makes', () => {
    for (const objects of centres.values()) {
      const made = new Set(
        objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name),
      );
      const strangers = objects.filter(
        ({ metadata: { namespace } }) => namespace !== undefined && !made.has(namespace),
      );
      expect(strangers.map(describeObject)).toEqual([]);
    }
  });

  it('says of every object that it belongs to zaibei, and who writes it', () => {
    for (const object of everyObject()) {
      expect(object.metadata.labels, describeObject(object)).toMatchObject({
        'app.kubernetes.io/part-of': 'zaibei',
        'app.kubernetes.io/managed-by': 'zaibei-stacks',
      });
    }
  });

  it('labels every namespace of a tenant with zone, tenant, platform and owner, and keeps its pods restricted [T-06, T-07, S-08]', () => {
    const namespaces = everyObject().filter(
      ({ kind, metadata }) =>
        kind === 'Namespace' && ['tenant', 'copies'].includes(metadata.labels?.['zaibei.io/purpose'] ?? ''),
    );
    expect(namespaces.length).toBeGreaterThan(0);
    for (const { metadata } of namespaces) {
      expect(Object.keys(metadata.labels ?? {}), metadata.name).toEqual(
        expect.arrayContaining([
          'zaibei.io/zone',
          'zaibei.io/tenant',
          'zaibei.io/platform',
          'zaibei.io/owner',
        ]),
      );
      expect(metadata.labels?.['pod-security.kubernetes.io/enforce']).toBe('restricted');
      expect(metadata.annotations?.['zaibei.io/owner']).toBeTruthy();
    }
  });

  it('gives every namespace of a tenant a quota, and isolates every namespace [T-06, T-07]', () => {
    for (const objects of centres.values()) {
      const all = new Set(objects.map(describeObject));
      for (const { kind, metadata } of objects.filter((object) => object.kind === 'Namespace')) {
        expect(all, `${kind} ${metadata.name}`).toContain(`NetworkPolicy ${metadata.name}/default-deny`);
        if (metadata.labels?.['zaibei.io/tenant'] === undefined) continue;
        expect(all).toContain(`ResourceQuota ${metadata.name}/quota`);
        expect(all).toContain(`LimitRange ${metadata.name}/defaults`);
      }
    }
  });

  it('holds no Secret and no credential', () => {
    expect(everyObject().filter(({ kind }) => kind === 'Secret')).toEqual([]);
    for (const stack of synthesized.values()) {
      expect(JSON.stringify(stack)).not.toMatch(
        /BEGIN [A-Z ]*PRIVATE KEY|"(password|token|secret_key|conn_str)"/,
      );
    }
  });

  it('holds no text that Terraform would read as a template', () => {
    for (const stack of synthesized.values()) {
      expect(JSON.stringify(stack)).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    }
  });

  it('holds only objects that come back from the API server as they are written, none of them large', () => {
    for (const object of everyObject()) {
      const text = JSON.stringify(canonicalObject(object, ''));
      expect(Buffer.byteLength(text), describeObject(object)).toBeLessThan(LARGEST_OBJECT);
    }
  });

  it('refuses a Terraform that cannot lock the state in an object store', () => {
    for (const { terraform } of synthesized.values()) expect(terraform['required_version']).toBe('>= 1.11.0');
  });

  it('talks to one cluster by one provider, and keeps a state of its own', () => {
    const places = [...synthesized.values()].map(({ terraform }) => JSON.stringify(terraform.backend));
    expect(new Set(places).size).toBe(synthesized.size);
    for (const [name, { provider }] of synthesized) {
      const centre = name.slice(0, name.lastIndexOf('-'));
      const { renderer } = model.site.spec;
      // Exactly one block, of the one provider: a second would talk to whatever it finds.
      expect(provider, name).toEqual({
        [renderer]: [expect.objectContaining({ config_context: `${site}-${centre}` })],
      });
    }
  });
});
