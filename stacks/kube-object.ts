import { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf/lib/terraform-dependable.js';
import type { Site } from '../operators/api/kinds/site.ts';
import { canonicalObject } from './render/canonical-object.ts';
import type { KubernetesObject } from './render/kubernetes-object.ts';
import { kubectlRenderer } from './render/kubectl.ts';
import { kubernetesRenderer } from './render/kubernetes.ts';
import type { Renderer } from './render/renderer.ts';

const RENDERERS: Readonly<Record<Site['spec']['renderer'], Renderer>> = {
  kubectl: kubectlRenderer,
  kubernetes: kubernetesRenderer,
};

/** Settings of a {@link KubeCluster}. */
export interface KubeClusterOptions {
  /** Terraform provider that writes the objects. */
  readonly renderer: Site['spec']['renderer'];
  /** Context in the kubeconfig that the environment names (`KUBE_CONFIG_PATH`). */
  readonly context: string;
}

/** The connection of a stack to its one cluster. Everything in the stack depends on the API server's first answer. */
export class KubeCluster extends Construct {
  readonly renderer: Renderer;
  readonly answer: ITerraformDependable;

  constructor(scope: Construct, { renderer, context }: KubeClusterOptions) {
    super(scope, 'cluster');
    this.renderer = RENDERERS[renderer];
    this.answer = this.renderer.connect(this, context);
  }
}

/** Settings of a {@link KubeObject}. */
export interface KubeObjectOptions {
  /** Objects of the same stack that must exist before it, and are deleted after it. */
  readonly after?: readonly KubeObject[];
  /**
   * Holds what cannot be made again, so `destroy` must not delete it. With `kubectl` Terraform forgets the object; with
   * `kubernetes` it refuses to destroy the stack until a person decides.
   */
  readonly leaveBehind?: boolean;
}

/**
 * A plain Kubernetes object in a stack: the only seam between zaibei and a Terraform provider. Its name in Terraform
 * follows from kind, namespace and name alone, so adding one object never renames, and never replaces, another.
 */
export class KubeObject extends Construct {
  /** The object as it was given. */
  readonly object: KubernetesObject;
  readonly dependable: ITerraformDependable;

  /** @throws StackError `ZB-STK-001` for what would show as changed in every plan */
  constructor(cluster: KubeCluster, object: KubernetesObject, options: KubeObjectOptions = {}) {
    const id = terraformName(object);
    super(cluster, id);
    this.object = object;
    const after = (options.after ?? []).map(({ dependable }) => dependable);
    this.dependable = cluster.renderer.render(this, {
      id,
      object: canonicalObject(object, this.node.path),
      kind: object.kind,
      after: after.length > 0 ? after : [cluster.answer],
      leaveBehind: options.leaveBehind ?? false,
    });
  }
}

/** Every object below a stack or an app, in the order in which they were added. */
export function kubeObjectsIn(scope: Construct): KubernetesObject[] {
  return scope.node
    .findAll()
    .flatMap((construct) => (construct instanceof KubeObject ? [construct.object] : []));
}

/**
 * `networkpolicy_population_dns`: names in Kubernetes have no `_`, so the parts never run into each other. The `.` and
 * `:` that some names have are not allowed in Terraform.
 */
function terraformName({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return [kind.toLowerCase(), ...(namespace === undefined ? [] : [namespace]), name]
    .map((part) => part.replace(/[.:]/g, '-'))
    .join('_');
}
