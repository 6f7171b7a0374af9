import type { Construct } from 'constructs';
import { TerraformStack } from 'cdktf/lib/terraform-stack.js';
import { STACKS_FIELD_MANAGER } from '../operators/api/layout/identities.ts';
import { LABELS } from '../operators/api/layout/labels.ts';
import type { CentreView } from './centre-view.ts';
import { KubeCluster, KubeObject, type KubeObjectOptions } from './kube-object.ts';
import type { KubernetesObject } from './render/kubernetes-object.ts';
import { backendSettings, StateBackend } from './state-backend.ts';

/** `use_lockfile` of the s3 backend is stable from here on; older ones are refused by name and version at init. */
const TERRAFORM_VERSION = '>= 1.11.0';

/** The four stacks of a centre, in the order in which they are deployed. */
export type StackClass = 'foundation' | 'zone' | 'control' | 'observability';

/**
 * One of a centre's stacks: one stack talks to one cluster through one provider, so a dead centre can only fail its own.
 * What stands in it is computed beforehand as plain objects; the stack adds names and order.
 */
export abstract class CentreStack extends TerraformStack {
  readonly #cluster: KubeCluster;
  readonly #namespaces = new Map<string, KubeObject>();

  constructor(scope: Construct, stackClass: StackClass, view: CentreView) {
    const id = `${view.centre.name}-${stackClass}`;
    super(scope, id);
    const { site, name } = view.model;
    this.addOverride('terraform.required_version', TERRAFORM_VERSION);
    new StateBackend(this, backendSettings(view.model, id));
    this.#cluster = new KubeCluster(this, {
      renderer: site.spec.renderer,
      context: site.spec.contexts?.[view.centre.name] ?? `${name}-${view.centre.name}`,
    });
  }

  /** Adds objects; each comes after its namespace where that is in the same stack, and after `options.after`. */
  protected add(
    objects: readonly KubernetesObject[],
    { after = [], ...options }: KubeObjectOptions = {},
  ): KubeObject[] {
    return objects.map((object) => {
      const { name, namespace } = object.metadata;
      const home = namespace === undefined ? undefined : this.#namespaces.get(namespace);
      const added = new KubeObject(this.#cluster, withStandardLabels(object), {
        ...options,
        after: home === undefined ? after : [home, ...after],
      });
      if (object.kind === 'Namespace') this.#namespaces.set(name, added);
      return added;
    });
  }

  /**
   * Adds the network policies of one namespace. The first isolates it; it comes before the openings and goes after them,
   * so at no time is an opening all that there is.
   */
  protected addPolicies([isolation, ...openings]: readonly KubernetesObject[]): void {
    if (isolation === undefined) return;
    this.add(openings, { after: this.add([isolation]) });
  }
}

function withStandardLabels(object: KubernetesObject): KubernetesObject {
  const standard = { [LABELS.partOf]: 'zaibei', [LABELS.managedBy]: STACKS_FIELD_MANAGER };
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...standard } } };
}
