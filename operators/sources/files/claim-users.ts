import { everyObject, type ApiClient } from '../../runtime/index.ts';
import { CLAIMING_PODS } from './exporter-kinds.ts';

/**
 * Whether a pod of the tenant has a claim mounted now. Whoever mounts a volume first decides on which node it is, and to whom its
 * files belong: Kubernetes gives it to the group that a pod asks for (`fsGroup`) only while no other pod has it mounted. So an
 * exporter must not be first, or it would keep the department from its own volume.
 */
export async function isClaimMounted(
  client: ApiClient,
  namespace: string,
  claim: string,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const { claims, mounted } of everyObject(client, CLAIMING_PODS, { namespace }, signal))
    if (mounted && claims.includes(claim)) return true;
  return false;
}
