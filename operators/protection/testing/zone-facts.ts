import type { Dataset } from '../../api/index.ts';
import { LABELS } from '../../api/layout/labels.ts';
import { silentLogger } from '../../runtime/logs/logger.ts';
import { keyOf, type ApiObject } from '../../runtime/objects/api-object.ts';
import type { ResourceType } from '../../runtime/objects/resource-type.ts';
import { ManualClock } from '../../runtime/testing/manual-clock.ts';
import { Store } from '../../runtime/watching/store.ts';
import {
  CLAIMS,
  DEPLOYMENTS,
  NAMESPACES,
  NETWORK_POLICIES,
  QUOTAS,
  STATEFUL_SETS,
} from '../zone/observed-kinds.ts';
import { BY_NAMESPACE, BY_ZONE, type ZoneFacts } from '../zone/zone-facts.ts';

/** An object as an API server would send it, but for what nobody looks at. */
export type Sent = Record<string, unknown> & {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

/** What there is in a centre that has exactly these objects: read from the wire, as the reflectors do. */
export function zoneFacts(objects: readonly Sent[], datasets: readonly Dataset[] = []): ZoneFacts {
  const store = <T extends ApiObject>(type: ResourceType<T>): Store<T> => {
    const made = new Store<T>({ clock: new ManualClock(), log: silentLogger });
    if (type.scope === 'Namespaced') made.index(BY_NAMESPACE, ({ metadata }) => [metadata.namespace ?? '']);
    for (const object of objects.filter(({ kind }) => kind === type.kind)) {
      const metadata = { uid: keyOf(object), resourceVersion: '1', ...object.metadata };
      made.put(type.keep({ apiVersion: type.apiVersion, ...object, metadata }));
    }
    return made;
  };
  const namespaces = store(NAMESPACES);
  namespaces.index(BY_ZONE, ({ metadata }) => [metadata.labels?.[LABELS.zone] ?? '']);
  return {
    namespaces,
    quotas: store(QUOTAS),
    networkPolicies: store(NETWORK_POLICIES),
    claims: store(CLAIMS),
    statefulSets: store(STATEFUL_SETS),
    deployments: store(DEPLOYMENTS),
    datasetsIn: (namespace) => datasets.filter(({ metadata }) => metadata.namespace === namespace),
  };
}
