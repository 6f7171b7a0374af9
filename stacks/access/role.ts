import type {
  RbacV1Subject,
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1PolicyRule,
  V1Role,
  V1RoleBinding,
  V1ServiceAccount,
} from '@kubernetes/client-node';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

const API_VERSION = 'rbac.authorization.k8s.io/v1';
const API_GROUP = 'rbac.authorization.k8s.io';

export const READ = ['get', 'list', 'watch'] as const;
export const WRITE = ['create', 'update', 'patch'] as const;

/** A rule over resources of one API group, all named: a wildcard would grant what does not exist yet. */
export function rule(group: string, resources: readonly string[], verbs: readonly string[]): V1PolicyRule {
  return { apiGroups: [group], resources: [...resources], verbs: [...verbs] };
}

/**
 * A rule over single objects, by name.
 * @throws RangeError without a name: to RBAC an empty list of names is every name
 */
export function ruleForNames(
  group: string,
  resource: string,
  names: readonly string[],
  verbs: readonly string[],
): V1PolicyRule {
  if (names.length === 0) throw new RangeError(`no names of ${resource}: that would be all of them`);
  return { apiGroups: [group], resources: [resource], resourceNames: [...names], verbs: [...verbs] };
}

/** A role in one namespace. */
export function role(namespace: string, name: string, rules: V1PolicyRule[]): KubernetesObject<V1Role> {
  return { apiVersion: API_VERSION, kind: 'Role', metadata: { namespace, name }, rules };
}

/** A role over cluster-wide objects, or one that is bound namespace by namespace. */
export function clusterRole(name: string, rules: V1PolicyRule[]): KubernetesObject<V1ClusterRole> {
  return { apiVersion: API_VERSION, kind: 'ClusterRole', metadata: { name }, rules };
}

/** Gives subjects a role within one namespace. */
export function roleBinding(
  metadata: { readonly namespace: string; readonly name: string },
  roleRef: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string },
  subjects: RbacV1Subject[],
): KubernetesObject<V1RoleBinding> {
  return {
    apiVersion: API_VERSION,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: API_GROUP, ...roleRef },
    subjects,
  };
}

/** Gives subjects a role everywhere. */
export function clusterRoleBinding(
  name: string,
  roleName: string,
  subjects: RbacV1Subject[],
): KubernetesObject<V1ClusterRoleBinding> {
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: API_GROUP, kind: 'ClusterRole', name: roleName },
    subjects,
  };
}

/** A service account; its token is mounted only into pods that ask for it. */
export function serviceAccount(namespace: string, name: string): KubernetesObject<V1ServiceAccount> {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { namespace, name },
    automountServiceAccountToken: false,
  };
}

/** A service account as the subject of a binding. */
export function account(namespace: string, name: string): RbacV1Subject {
  return { kind: 'ServiceAccount', namespace, name };
}

/** A group of the identity provider as the subject of a binding. */
export function group(name: string): RbacV1Subject {
  return { apiGroup: API_GROUP, kind: 'Group', name };
}
