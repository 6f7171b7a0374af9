import type { V1ResourceQuota } from '@kubernetes/client-node';
import type { Quota } from '../../operators/api/kinds/data-zone.ts';
import { COUNTED, QUOTA } from '../../operators/api/layout/tenant-namespaces.ts';
import { parseQuantity } from '../../operators/api/values/quantity.ts';
import { canonicalQuantity } from '../render/canonical-quantity.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/**
 * A copies namespace may hold twice its tenant's storage: the replica or the newest backup in use, and beside it the
 * scratch space into which a copy is restored to prove it.
 */
const COPIES_STORAGE_FACTOR = 2n;

/**
 * How many objects a tenant may keep in a centre's etcd, which all of its tenants share and which stops all of them when it
 * is full, at 2 GiB unless told otherwise. A ConfigMap or a Secret may have 1 MiB: these are a tenth of it at most. One
 * ConfigMap, kube-root-ca.crt, is put there by Kubernetes. Jobs stay after they are done, and a CronJob keeps four.
 */
const OBJECTS = { 'count/configmaps': 100, 'count/secrets': 100, 'count/jobs.batch': 200 } as const;

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

/**
 * A tenant's part of the zone: the sums that its pods and claims may request together (单独规划、统一管理), and how much of
 * what all share: room in etcd, and the NodePorts of the nodes.
 * @param nodePorts at how many of them its datasets answer in the centre
 */
export function tenantQuota(
  namespace: string,
  quota: Quota,
  nodePorts = 0,
): KubernetesObject<V1ResourceQuota> {
  return resourceQuota(namespace, {
    ...requests(quota, 1n),
    ...Object.fromEntries(Object.entries(OBJECTS).map(([name, most]) => [name, count(most)])),
    // A load balancer has an address of its own, and a NodePort on every node.
    'services.loadbalancers': count(0),
    'services.nodeports': count(nodePorts),
  });
}

/** What a tenant's copies may request: a standby must be able to carry what the tenant carries. */
export function copiesQuota(namespace: string, quota: Quota): KubernetesObject<V1ResourceQuota> {
  return resourceQuota(namespace, requests(quota, COPIES_STORAGE_FACTOR));
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
  hard: Readonly<Record<string, string>>,
): KubernetesObject<V1ResourceQuota> {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { namespace, name: QUOTA },
    spec: { hard },
  };
}

function requests(quota: Quota, storageFactor: bigint): Record<string, string> {
  return {
    [COUNTED.cpu]: canonicalQuantity(quota.cpu),
    [COUNTED.memory]: canonicalQuantity(quota.memory),
    [COUNTED.storage]: canonicalQuantity(quota.storage, storageFactor),
    [COUNTED.pods]: count(quota.pods),
  };
}

function count(most: number): string {
  return canonicalQuantity(String(most));
}

/** An equal share per pod in whole units, at least one. */
function share(quantity: string, pods: number, unit: number, suffix: string): string {
  const units = Math.max(1, Math.floor(parseQuantity(quantity) / pods / unit));
  return canonicalQuantity(`${units}${suffix}`);
}
