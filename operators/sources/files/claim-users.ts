import type { ApiClient } from '../../runtime/index.ts';
import { CLAIMING_PODS } from './exporter-kinds.ts';

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
