import type { Dataset, DataZone } from '../../api/index.ts';
import { copiesNamespace } from '../../api/layout/namespaces.ts';
import type { ApiObject, Reader } from '../../runtime/index.ts';
import type { ObservedPolicy, ObservedQuota, ObservedWorkload } from './observed-kinds.ts';

/** What there is in one centre, namespace by namespace: the facts by which a zone is judged. */
export interface ZoneFacts {
  readonly namespaces: Reader<ApiObject>;
  readonly quotas: Reader<ObservedQuota>;
  readonly networkPolicies: Reader<ObservedPolicy>;
  readonly claims: Reader<ApiObject>;
  readonly statefulSets: Reader<ObservedWorkload>;
  readonly deployments: Reader<ObservedWorkload>;
  /** Datasets in a namespace, as far as they are understood. */
  readonly datasetsIn: (namespace: string) => readonly Dataset[];
}

/** Index of namespaced readers. */
export const BY_NAMESPACE = 'protection/namespace';

/** Index of namespaces: the zone that their label names. */
export const BY_ZONE = 'protection/zone';

/** The objects of a namespace that are not on their way out. */
export function objectsIn<T extends ApiObject>(reader: Reader<T>, namespace: string): readonly T[] {
  return reader
    .having(BY_NAMESPACE, namespace)
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** The namespaces of a zone's tenants: each tenant's own, and that of its copies. */
export function namespacesOf({ spec }: Pick<DataZone, 'spec'>): string[] {
  return (spec.tenants ?? []).flatMap(({ name }) => [name, copiesNamespace(name)]);
}
