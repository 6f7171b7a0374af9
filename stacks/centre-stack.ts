import type { Construct } from 'constructs';
import { TerraformStack } from 'cdktf/lib/terraform-stack.js';
import { STACKS_FIELD_MANAGER } from '../operators/api/layout/identities.ts';
import { LABELS } from '../operators/api/layout/labels.ts';
import { OLDEST_TERRAFORM } from '../operators/api/layout/terraform-version.ts';
import { contextOf as effectiveContext } from '../operators/api/site/centre-context.ts';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import type { CentreView } from './centre-view.ts';
import { KubeCluster, KubeObject, type KubeObjectOptions } from './kube-object.ts';
import { isIsolation } from './isolation/base-policies.ts';
import type { KubernetesObject } from './render/kubernetes-object.ts';
import { refuseToken } from './render/template-text.ts';
import { backendSettings, StateBackend } from './state-backend.ts';

/** The stacks of a centre, in the order in which they are deployed. */
export type StackClass = 'foundation' | 'zone' | 'control';

/**
 * The kubeconfig context of a centre, safe to stand in a stack.
 * @throws StackError `ZB-STK-005` for text that cdktf would take for its own
 */
export function contextOf({ site }: SiteModel, centre: string): string {
  const context = effectiveContext(site, centre);
  refuseToken(context, `Site ${site.metadata.name}: spec.contexts.${centre}`);
  return context;
}

/**
 * One of a centre's stacks: one stack talks to one cluster through one provider, so a dead centre can only fail its own.
 * What stands in it is computed beforehand as plain objects; the stack adds names and order.
 */
export abstract class CentreStack extends TerraformStack {
  /** Name of the centre whose stack it is. */
  readonly centre: string;
  readonly #cluster: KubeCluster;
  /** What objects of a namespace come after: the namespace, or what isolates it, which comes after it in turn. */
  readonly #before = new Map<string, readonly KubeObject[]>();

  constructor(scope: Construct, stackClass: StackClass, view: CentreView) {
    const id = `${view.centre.name}-${stackClass}`;
    super(scope, id);
    this.centre = view.centre.name;
    this.addOverride('terraform.required_version', `>= ${OLDEST_TERRAFORM}.0`);
    new StateBackend(this, backendSettings(view.model, id));
    this.#cluster = new KubeCluster(this, {
      renderer: view.model.site.spec.renderer,
      context: contextOf(view.model, view.centre.name),
    });
  }

  /**
   * Adds objects. Each comes after its namespace, where that is in the same stack, and after what isolates it there: so
   * at no time is an opening all that there is, when things are made and when they are taken away.
   */
  protected add(
    objects: readonly KubernetesObject[],
    { after = [], ...options }: KubeObjectOptions = {},
  ): KubeObject[] {
    return objects.map((object) => {
      const { name, namespace } = object.metadata;
      const before = namespace === undefined ? [] : (this.#before.get(namespace) ?? []);
      const added = new KubeObject(this.#cluster, withStandardLabels(object), {
        ...options,
        after: [...before, ...after],
      });
      if (object.kind === 'Namespace') this.#before.set(name, [added]);
      if (namespace !== undefined && isIsolation(object)) this.#before.set(namespace, [added]);
      return added;
    });
  }
}

function withStandardLabels(object: KubernetesObject): KubernetesObject {
  const standard = { [LABELS.partOf]: 'zaibei', [LABELS.managedBy]: STACKS_FIELD_MANAGER };
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...standard } } };
}
