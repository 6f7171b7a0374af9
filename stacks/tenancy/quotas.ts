import type { V1ResourceQuota } from '@kubernetes/client-node';
import type { Quota } from '../../operators/api/kinds/data-zone.ts';
import { parseQuantity } from '../../operators/api/values/quantity.ts';
import { canonicalQuantity } from '../render/canonical-quantity.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/**
 * A copies namespace may hold twice its tenant's storage: the replica or the newest backup in use, and beside it the
 * scratch space into which a copy is restored to prove it.
 */
const COPIES_STORAGE_FACTOR = 2n;

/** A LimitRange in the form of the wire; the client's model calls the field `_default`. */
interface LimitRange {
  readonly spec: {
    readonly limits: readonly {
      readonly type: 'Container';
      readonly default: Readonly<Record<string, string>>;
      readonly defaultRequest: Readonly<Record<string, string>>;
    }[];
  };
}

/** A tenant's part of the zone: the sums that its pods and claims may request together (单独规划、统一管理). */
export function tenantQuota(namespace: string, quota: Quota): KubernetesObject<V1ResourceQuota> {
  return resourceQuota(namespace, quota, 1n);
}

/** What a tenant's copies may request: a standby must be able to carry what the tenant carries. */
export function copiesQuota(namespace: string, quota: Quota): KubernetesObject<V1ResourceQuota> {
  return resourceQuota(namespace, quota, COPIES_STORAGE_FACTOR);
}

/**
 * What a container gets that states nothing: an equal share of the quota as request, the whole quota as limit. Without
 * it, the quota would refuse the pod.
 */
export function limitRange(namespace: string, quota: Quota): KubernetesObject<LimitRange> {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { namespace, name: 'defaults' },
    spec: {
      limits: [
        {
          type: 'Container',
          default: { cpu: canonicalQuantity(quota.cpu), memory: canonicalQuantity(quota.memory) },
          defaultRequest: {
            cpu: share(quota.cpu, quota.pods, 0.001, 'm'),
            memory: share(quota.memory, quota.pods, 1024 ** 2, 'Mi'),
          },
        },
      ],
    },
  };
}

function resourceQuota(
  namespace: string,
  quota: Quota,
  storageFactor: bigint,
): KubernetesObject<V1ResourceQuota> {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { namespace, name: 'quota' },
    spec: {
      hard: {
        'requests.cpu': canonicalQuantity(quota.cpu),
        'requests.memory': canonicalQuantity(quota.memory),
        'requests.storage': canonicalQuantity(quota.storage, storageFactor),
        pods: canonicalQuantity(String(quota.pods)),
      },
    },
  };
}

/** An equal share per pod in whole units, at least one. */
function share(quantity: string, pods: number, unit: number, suffix: string): string {
  const units = Math.max(1, Math.floor(parseQuantity(quantity) / pods / unit));
  return canonicalQuantity(`${units}${suffix}`);
}
