import type { V1Pod } from '@kubernetes/client-node';
import { LABELS } from '../../api/layout/labels.ts';
import type { ApiClient, ApiObject, ResourceType } from '../../runtime/index.ts';

/** A pod of a tenant, as far as it tells whether its volumes are mounted. */
interface ClaimingPod extends ApiObject {
  /** Names of the claims that it mounts; of an exporter none, since it is nobody's first. */
  readonly claims: readonly string[];
  /** Whether one of its containers has begun: then all of its volumes were mounted as it wants them. */
  readonly begun: boolean;
}

const CLAIMING_PODS: ResourceType<ClaimingPod> = {
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
  scope: 'Namespaced',
  keep: (parsed) => {
    const { apiVersion, kind, metadata } = parsed;
    const { name, namespace, uid, resourceVersion } = metadata;
    const { spec, status } = parsed as ApiObject & Pick<V1Pod, 'spec' | 'status'>; // fields of its schema
    const isExporter = metadata.labels?.[LABELS.exporter] !== undefined;
    const volumes = isExporter ? [] : (spec?.volumes ?? []);
    const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
    return {
      apiVersion,
      kind,
      metadata: { name, namespace, uid, resourceVersion },
      claims: volumes.flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []),
      begun: containers.some(
        ({ state, lastState }) =>
          (state?.running ?? state?.terminated ?? lastState?.terminated) !== undefined,
      ),
    };
  },
};

/** Pods a page. */
const PAGE = 500;

/**
 * Whether a pod of the tenant has mounted a claim. Whoever mounts a volume first decides on which node it is, and to whom its
 * files belong: Kubernetes gives it to the group that a pod asks for (`fsGroup`) only while no other pod has it mounted. So an
 * exporter must not be first, or it would keep the department from its own volume.
 */
export async function isClaimMounted(
  client: ApiClient,
  namespace: string,
  claim: string,
  signal: AbortSignal,
): Promise<boolean> {
  let next: string | undefined;
  do {
    const page = await client.listPage(CLAIMING_PODS, { namespace, limit: PAGE, continue: next }, { signal });
    if (page.items.some(({ claims, begun }) => begun && claims.includes(claim))) return true;
    next = page.continue;
  } while (next !== undefined);
  return false;
}
