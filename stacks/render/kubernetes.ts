import { DataKubernetesServerVersion } from '@cdktf/provider-kubernetes/lib/data-kubernetes-server-version/index.js';
import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest/index.js';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { STACKS_FIELD_MANAGER } from '../../operators/api/layout/identities.ts';
import type { CanonicalValue } from './canonical-object.ts';
import { answerName, DEADLINE, WORKLOADS, type Renderer } from './renderer.ts';
import { escapeTemplate } from './template-text.ts';

/**
 * `kubernetes_manifest` of hashicorp/kubernetes, for sites that have a Terraform registry or a mirror of it. It asks the
 * API server already while planning, so a custom resource can be planned only after the stack with its CRD is deployed.
 */
export const kubernetesRenderer: Renderer = {
  connect(scope, context) {
    new KubernetesProvider(scope, 'kubernetes', { configContext: escapeTemplate(context) });
    const version = new DataKubernetesServerVersion(scope, 'api-server');
    version.overrideLogicalId(answerName(context));
    return version;
  },
  render(scope, { id, object, kind, after, leaveBehind }) {
    const manifest = new Manifest(scope, 'manifest', {
      manifest: escapeTexts(object),
      fieldManager: { name: STACKS_FIELD_MANAGER, forceConflicts: true },
      timeouts: { create: DEADLINE, update: DEADLINE, delete: DEADLINE },
      dependsOn: [...after],
      ...(kind === 'CustomResourceDefinition' && {
        wait: { condition: [{ type: 'Established', status: 'True' }] },
      }),
      ...(WORKLOADS.includes(kind) && { wait: { rollout: true } }),
      // This provider cannot forget an object. Refusing the whole destroy is the next best: a person decides.
      ...(leaveBehind && { lifecycle: { preventDestroy: true } }),
    });
    manifest.overrideLogicalId(id);
    return manifest;
  },
};

/** The object with every text and every key standing for itself. */
function escapeTexts(object: Readonly<Record<string, CanonicalValue>>): Record<string, CanonicalValue> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [escapeTemplate(key), escapeValue(value)]),
  );
}

function escapeValue(value: CanonicalValue): CanonicalValue {
  if (typeof value === 'string') return escapeTemplate(value);
  if (typeof value !== 'object') return value;
  // Array.isArray does not narrow a readonly array.
  if (isList(value)) return value.map(escapeValue);
  return escapeTexts(value);
}

function isList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}
