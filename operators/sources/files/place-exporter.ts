import { canonicalJson, digestOf } from '../../evidence/index.ts';
import { OPERATOR } from '../../api/layout/identities.ts';
import {
  keyOf,
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
 * Writes what differs from what was written last, and nothing else. The Deployment, by which exporters are found that are to be
 * withdrawn, is written first. One that mounts another claim than it is to mount is withdrawn, until it may begin on that.
 * @param mayBegin whether one may mount its claim that does not yet
 * @returns the Deployment as the API server has it; undefined: there is none, and it may not begin
 * @throws StrangerError where a name is taken by what is not ours; ApiError
 */
export async function writeExporter(
  client: ApiClient,
  { deployment, service, claim }: ExporterObjects,
  mayBegin: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<WrittenObject | undefined> {
  const present = await findOwn(client, DEPLOYMENTS, deployment, signal);
  if (present?.claims.includes(claim) !== true && !(await mayBegin())) {
    if (present !== undefined) await removeExporter(client, keyOf(deployment), signal);
    return undefined;
  }
  const written = await write(client, DEPLOYMENTS, deployment, present, signal);
  await write(client, SERVICES, service, await findOwn(client, SERVICES, service, signal), signal);
  return written;
}

/** Removes an exporter. The Deployment, by which it is found, goes last; pods go with it. What is not ours stays. @throws ApiError */
export async function removeExporter(client: ApiClient, key: ObjectKey, signal: AbortSignal): Promise<void> {
  for (const type of [SERVICES, DEPLOYMENTS]) {
    const found = await client.find(type, key, { signal });
    if (found?.managedBy === OPERATOR) await client.delete(type, found, { signal });
  }
}

/** What stands under the name of an object that is to be written. @throws StrangerError where that is not ours */
async function findOwn<T extends WrittenObject>(
  client: ApiClient,
  type: ResourceType<T>,
  object: NewObject,
  signal: AbortSignal,
): Promise<T | undefined> {
  const key = keyOf(object);
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
