import { ApiError } from '../../errors/api-error.ts';
import { splitKey, type ApiObject, type NewObject } from '../../objects/api-object.ts';
import type { ResourceType } from '../../objects/resource-type.ts';
import type { StoredObject } from '../memory-api/change-log.ts';
import type { MemoryApiServer } from '../memory-api/memory-api-server.ts';
import type { ListPages } from './list-pages.ts';
import { asSent } from './open-watches.ts';
import type { ServedRequest } from './served-request.ts';
import { Refusal, statusObject } from './status-object.ts';

/** What stands in the body of a deletion. */
interface DeleteOptions {
  readonly preconditions: { readonly uid: string };
}

/**
 * What the objects of a server are, or become, by one request; a watch is none of these.
 * @param body of the request, as our client sends it
 * @throws Refusal
 */
export function answerTo(
  api: MemoryApiServer,
  pages: ListPages,
  { verb, key, query, selection }: ServedRequest,
  type: ResourceType,
  body: unknown,
): unknown {
  const manager = query.get('fieldManager') ?? 'nobody';
  try {
    switch (verb) {
      case 'list':
        return pages.page(query, api.log.version, () => api.list(type, selection).map(asSent));
      case 'get':
        return asSent(present());
      case 'create':
        return asSent(api.create(type, body as NewObject));
      case 'replace':
        return asSent(api.replace(type, body as StoredObject));
      case 'apply':
        return asSent(api.apply(type, body as NewObject, manager));
      case 'apply-status':
        return asSent(api.applyStatus(type, body as NewObject & { readonly status: unknown }, manager));
      case 'delete': {
        const { metadata } = present();
        const { uid } = (body as DeleteOptions).preconditions;
        api.delete(type, { apiVersion: type.apiVersion, kind: type.kind, metadata: { ...metadata, uid } });
        return { kind: 'Status', status: 'Success' };
      }
      case 'watch':
      case 'read':
        throw new RangeError(`${verb} is answered elsewhere`);
    }
  } catch (error) {
    throw error instanceof ApiError ? refusalOf(error, key) : error;
  }

  function present(): ApiObject {
    const object = api.find(type, key);
    if (object === undefined)
      throw new Refusal(
        statusObject(404, 'NotFound', `${type.plural} "${key}" not found`, splitKey(key).name),
      );
    return object;
  }
}

/** What the server in memory throws, as it goes over the wire. */
export function refusalOf({ status = 500, reason, message }: ApiError, key = ''): Refusal {
  return new Refusal(statusObject(status, reason, message, key === '' ? undefined : splitKey(key).name));
}
