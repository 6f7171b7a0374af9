import type { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf/lib/terraform-dependable.js';
import type { CanonicalValue } from './canonical-object.ts';

/** What a renderer is given for one object. */
export interface Rendering {
  /** Terraform's name of the resource, unique in its stack. */
  readonly id: string;
  readonly object: Readonly<Record<string, CanonicalValue>>;
  readonly kind: string;
  /** What must exist before it, and be gone only after it. */
  readonly after: readonly ITerraformDependable[];
  /** Whether Terraform forgets the object on destroy instead of deleting it. */
  readonly leaveBehind: boolean;
}

/** How plain objects are handed to one Terraform provider. */
export interface Renderer {
  /**
   * Adds the provider for one cluster to a stack.
   * @param context name in the kubeconfig; which file that is stands in the environment, never in a stack
   * @returns a question to the API server on which everything depends, so that a dead cluster is one error, at once
   */
  connect(scope: Construct, context: string): ITerraformDependable;
  /** Adds one object to a stack. */
  render(scope: Construct, rendering: Rendering): ITerraformDependable;
}

/** Kinds whose deletion goes on after the request: what follows must wait until they are gone. */
export const SLOWLY_DELETED: readonly string[] = ['CustomResourceDefinition', 'Namespace'];

/** Kinds that are done only when their pods run. */
export const WORKLOADS: readonly string[] = ['DaemonSet', 'Deployment', 'StatefulSet'];

/** How long creating, changing or deleting one object may take, pods and finalizers included. */
export const DEADLINE = '5m';

/** Terraform's name of the question to the API server: where it fails, the context is what a person must look at. */
export function answerName(context: string): string {
  return `context_${context.replace(/[^A-Za-z0-9_-]/g, '-')}`;
}
