import { canonicalJson, digestOf } from '../../evidence/index.ts';
import { OPERATOR } from '../../api/layout/identities.ts';
import {
  StrangerError,
  type ApiClient,
  type NewObject,
  type ObjectKey,
  type ResourceType,
} from '../../runtime/index.ts';
import { DEPLOYMENTS, SERVICES, WRITTEN, type WrittenObject } from './exporter-kinds.ts';
import type { ExporterWorkload } from './exporter-workload.ts';

/** As whom the objects of exporters are written. */
const FIELD_MANAGER = 'zaibei-exporter';

type Objects = Extract<ExporterWorkload, { readonly deployment: unknown }>;

/**
 * Writes what differs from what was written last, and nothing else.
 * @returns the Deployment as the API server has it
 * @throws StrangerError where a name is taken by what is not ours; ApiError
 */
export async function writeExporter(
  client: ApiClient,
  { deployment, service }: Objects,
  signal: AbortSignal,
): Promise<WrittenObject> {
  await write(client, SERVICES, service, signal);
  return write(client, DEPLOYMENTS, deployment, signal);
}

/** Removes the exporter of a dataset whose home is elsewhere now. What is not ours stays. */
export async function removeExporter(client: ApiClient, key: ObjectKey, signal: AbortSignal): Promise<void> {
  for (const type of [DEPLOYMENTS, SERVICES]) {
    const found = await client.find(type, key, { signal });
    if (found?.managedBy === OPERATOR) await client.delete(type, found, { signal });
  }
}

async function write(
  client: ApiClient,
  type: ResourceType<WrittenObject>,
  object: NewObject,
  signal: AbortSignal,
): Promise<WrittenObject> {
  const { metadata } = object;
  const key = `${metadata.namespace ?? ''}/${metadata.name}`;
  const found = await client.find(type, key, { signal });
  if (found !== undefined && found.managedBy !== OPERATOR) throw new StrangerError(type.kind, key);
  const digest = digestOf(canonicalJson(object));
  if (found?.written === digest) return found;
  const annotations = { ...metadata.annotations, [WRITTEN]: digest };
  return client.apply(
    type,
    { ...object, metadata: { ...metadata, annotations } },
    { fieldManager: FIELD_MANAGER, force: true, signal },
  );
}
