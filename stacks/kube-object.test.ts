import { App } from 'cdktf/lib/app.js';
import { TerraformStack } from 'cdktf/lib/terraform-stack.js';
import { Testing } from 'cdktf/lib/testing/index.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { KubeCluster, KubeObject } from './kube-object.ts';
import type { KubernetesObject } from './render/kubernetes-object.ts';

const renderers = ['kubectl', 'kubernetes'] as const;

const namespace: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tax' } };

const configMap = (text: string): KubernetesObject<{ data: object }> => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'tax', name: 'texts' },
  data: { text },
});

const synthesizedSchema = z.looseObject({
  terraform: z.looseObject({ required_providers: z.record(z.string(), z.unknown()) }),
  provider: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  data: z.record(z.string(), z.record(z.string(), z.unknown())),
  resource: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
});

/** The JSON of a stack to which `build` has added objects. */
function synthesize(
  renderer: (typeof renderers)[number],
  build: (cluster: KubeCluster) => void,
  context = 'test-production',
): z.infer<typeof synthesizedSchema> {
  const stack = new TerraformStack(new App({ skipValidation: true }), 'stack');
  build(new KubeCluster(stack, { renderer, context }));
  return synthesizedSchema.parse(JSON.parse(Testing.synth(stack, false)));
}

describe('KubeObject', () => {
  it('becomes a kubectl_manifest that is written by server-side apply and waits for nothing by surprise', () => {
    const { resource } = synthesize('kubectl', (cluster) => new KubeObject(cluster, namespace));
    const written = resource['kubectl_manifest']?.['namespace_tax'];
    expect(parse(z.string().parse(written?.['yaml_body']))).toEqual(namespace);
    expect(written).toMatchObject({
      server_side_apply: true,
      force_conflicts: true,
      wait: true,
      wait_for_rollout: false,
      timeouts: { create: '5m' },
    });
    expect(written).not.toHaveProperty('apply_only');
  });

  it('becomes a kubernetes_manifest under the field manager of the stacks', () => {
    const { resource } = synthesize('kubernetes', (cluster) => new KubeObject(cluster, namespace));
    expect(resource['kubernetes_manifest']?.['namespace_tax']).toMatchObject({
      manifest: namespace,
      field_manager: { name: 'zaibei-stacks', force_conflicts: true },
    });
  });

  it.each(renderers)('talks through %s to one context, and names no file and no secret', (renderer) => {
    const { provider, terraform } = synthesize(renderer, (cluster) => new KubeObject(cluster, namespace));
    expect(Object.keys(terraform.required_providers)).toEqual([renderer]);
    expect(provider[renderer]?.[0]).toMatchObject({ config_context: 'test-production' });
    expect(Object.keys(provider[renderer]?.[0] ?? {}).sort()).toEqual(
      renderer === 'kubectl'
        ? ['apply_retry_count', 'config_context', 'load_config_file']
        : ['config_context'],
    );
  });

  it.each(renderers)(
    'comes through %s after the answer of the API server, or after what it stands on',
    (renderer) => {
      const { resource, data } = synthesize(renderer, (cluster) => {
        const before = new KubeObject(cluster, namespace);
        new KubeObject(cluster, configMap('x'), { after: [before] });
      });
      const type = `${renderer}_manifest`;
      expect(Object.keys(data[`${renderer}_server_version`] ?? {})).toEqual(['context_test-production']);
      expect(resource[type]?.['namespace_tax']?.['depends_on']).toEqual([
        `data.${renderer}_server_version.context_test-production`,
      ]);
      expect(resource[type]?.['configmap_tax_texts']?.['depends_on']).toEqual([`${type}.namespace_tax`]);
    },
  );

  it.each(renderers)(
    'keeps ${templates} of dashboards from being read as Terraform, through %s',
    (renderer) => {
      const text = 'rate(x[$__rate_interval]) by ${group} %{if}';
      const { resource } = synthesize(renderer, (cluster) => new KubeObject(cluster, configMap(text)));
      const json = JSON.stringify(resource[`${renderer}_manifest`]?.['configmap_tax_texts']);
      expect(json).toContain('by $${group} %%{if}');
      expect(json).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    },
  );

  it.each(renderers)(
    'lets no context be read as Terraform, through %s: it could name any file',
    (renderer) => {
      const { provider } = synthesize(
        renderer,
        (cluster) => new KubeObject(cluster, namespace),
        '${file("/etc/passwd")}',
      );
      expect(provider[renderer]?.[0]).toMatchObject({ config_context: '$${file("/etc/passwd")}' });
    },
  );

  it('waits until a kind is served before anything is written of that kind', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'a.b.c' },
    };
    const { resource } = synthesize('kubernetes', (cluster) => new KubeObject(cluster, crd));
    expect(resource['kubernetes_manifest']?.['customresourcedefinition_a-b-c']?.['wait']).toEqual({
      condition: [{ type: 'Established', status: 'True' }],
    });
  });

  it('waits for the pods of a workload', () => {
    const workload = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'tax', name: 'web' },
    };
    const kubectl = synthesize('kubectl', (cluster) => new KubeObject(cluster, workload)).resource;
    const kubernetes = synthesize('kubernetes', (cluster) => new KubeObject(cluster, workload)).resource;
    expect(kubectl['kubectl_manifest']?.['deployment_tax_web']).toMatchObject({ wait_for_rollout: true });
    expect(kubernetes['kubernetes_manifest']?.['deployment_tax_web']).toMatchObject({
      wait: { rollout: true },
    });
  });

  it('is forgotten on destroy, or protected from it, when it holds what cannot be made again', () => {
    const keep = (cluster: KubeCluster) => new KubeObject(cluster, namespace, { leaveBehind: true });
    const kubectl = synthesize('kubectl', keep).resource;
    const kubernetes = synthesize('kubernetes', keep).resource;
    expect(kubectl['kubectl_manifest']?.['namespace_tax']).toMatchObject({ apply_only: true });
    expect(kubernetes['kubernetes_manifest']?.['namespace_tax']).toMatchObject({
      lifecycle: { prevent_destroy: true },
    });
  });
});
