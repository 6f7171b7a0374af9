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
import type { ExporterObjects } from './exporter-workload.ts';

/** As whom the objects of exporters are written. */
const FIELD_MANAGER = 'zaibei-exporter';

/**
 * Writes what differs from what was written last, and nothing else.
 * @param mayBegin whether one may be made that is not there yet
 * @returns the Deployment as the API server has it; undefined: there is none, and it may not begin
 * @throws StrangerError where a name is taken by what is not ours; ApiError
 */
export async function writeExporter(
  client: ApiClient,
  { deployment, service }: ExporterObjects,
  mayBegin: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<WrittenObject | undefined> {
  const present = await findOwn(client, DEPLOYMENTS, deployment, signal);
  if (present === undefined && !(await mayBegin())) return undefined;
  await write(client, SERVICES, service, await findOwn(client, SERVICES, service, signal), signal);
  return write(client, DEPLOYMENTS, deployment, present, signal);
}

/** Removes the exporter of a dataset whose home is elsewhere now. What is not ours stays. */
export async function removeExporter(client: ApiClient, key: ObjectKey, signal: AbortSignal): Promise<void> {
  for (const type of [DEPLOYMENTS, SERVICES]) {
    const found = await client.find(type, key, { signal });
    if (found?.managedBy === OPERATOR) await client.delete(type, found, { signal });
  }
}

/** What stands under the name of an object that is to be written. @throws StrangerError where that is not ours */
async function findOwn(
  client: ApiClient,
  type: ResourceType<WrittenObject>,
  { metadata }: NewObject,
  signal: AbortSignal,
): Promise<WrittenObject | undefined> {
  const key = `${metadata.namespace ?? ''}/${metadata.name}`;
  const found = await client.find(type, key, { signal });
  if (found !== undefined && found.managedBy !== OPERATOR) throw new StrangerError(type.kind, key);
  return found;
}

async function write(
  client: ApiClient,
  type: ResourceType<WrittenObject>,
  object: NewObject,
  found: WrittenObject | undefined,
  signal: AbortSignal,
): Promise<WrittenObject> {
  const { metadata } = object;
  const digest = digestOf(canonicalJson(object));
  if (found?.written === digest) return found;
  const annotations = { ...metadata.annotations, [WRITTEN]: digest };
  return client.apply(
    type,
    { ...object, metadata: { ...metadata, annotations } },
    { fieldManager: FIELD_MANAGER, force: true, signal },
  );
}
