/** Namespace of the operator, its journal and its credentials. */
export const SYSTEM_NAMESPACE = 'zaibei-system';

/** Namespace of the backup store and its keys. The operator may neither create pods nor read Secrets in it. */
export const STORE_NAMESPACE = 'zb-store';

/** Where the cluster's own services run, DNS among them. */
export const KUBE_SYSTEM_NAMESPACE = 'kube-system';

const COPIES_PREFIX = 'zb-copies-';

/** Namespace of a tenant's replicas, movers and scratch copies. It belongs to the operator; the tenant has no rights in it. */
export function copiesNamespace(tenant: string): string {
  return `${COPIES_PREFIX}${tenant}`;
}

/** Whether a namespace of that name is made by zaibei or by Kubernetes, so that no tenant may be called so. */
export function isReservedNamespace(name: string): boolean {
  return (
    name === SYSTEM_NAMESPACE ||
    name === STORE_NAMESPACE ||
    name === 'default' ||
    name.startsWith('kube-') ||
    name.startsWith(COPIES_PREFIX)
  );
}
