import { isDeepStrictEqual } from 'node:util';
import type { Selection } from '../../client/api-client.ts';
import { ApiError, type ApiCall, type Verb } from '../../errors/api-error.ts';
import { formatInstant } from '../../instant.ts';
import { keyOf, type ApiObject, type NewObject, type ObjectKey } from '../../objects/api-object.ts';
import type { ResourceType } from '../../objects/resource-type.ts';
import { ChangeLog, type StoredChange, type StoredObject } from './change-log.ts';
import { ManagedFields, type Applying } from './managed-fields.ts';
import { isOf, selects } from './selects.ts';

/** An object as it is written, with whatever fields its kind has. */
type Written = NewObject & { readonly status?: unknown };

/**
 * The API of one cluster as plain data, without network and time: versions, generations, uids, optimistic locks, and
 * server-side apply without conflicts. What a schema or CEL refuses, and who may do what, is the real API server's to show.
 */
export class MemoryApiServer {
  readonly name: string;
  /** What has happened. */
  readonly log = new ChangeLog();
  /** Sees every call before it is served; what it throws is the answer. */
  onCall: (call: ApiCall) => void = () => undefined;
  /** Wall-clock time of the server, in milliseconds. */
  readonly now: () => number;
  readonly #objects = new Map<string, StoredObject>();
  readonly #managed = new ManagedFields();
  #uids = 0;

  /** @param name of the cluster @param now wall-clock time, in milliseconds */
  constructor(name: string, now: () => number) {
    this.name = name;
    this.now = now;
  }

  find(type: ResourceType, key: ObjectKey): StoredObject | undefined {
    this.#arrive('get', type, key);
    return this.#objects.get(idOf(type, key));
  }

  list(type: ResourceType, selection: Selection = {}): StoredObject[] {
    this.#arrive('list', type);
    const prefix = idOf(type, '');
    const entries = [...this.#objects].filter(([id]) => id.startsWith(prefix));
    return entries.map(([, object]) => object).filter((object) => selects(selection, object));
  }

  create(type: ResourceType, object: Written): StoredObject {
    const call = this.#arrive('create', type, keyOf(object));
    if (this.#objects.has(idOf(type, keyOf(object)))) throw refuse(call, 409, 'AlreadyExists');
    return this.#add(type, object);
  }

  /** Creates or changes by apply. */
  apply(type: ResourceType, object: NewObject, fieldManager: string): StoredObject {
    const call = this.#arrive('apply', type, keyOf(object));
    const { labels, annotations, ownerReferences } = object.metadata;
    const fields = { ...object, status: undefined, metadata: { labels, annotations, ownerReferences } };
    const applying = { id: idOf(type, keyOf(object)), part: 'object', fieldManager } as const;
    const present = this.#objects.get(applying.id);
    if (present === undefined) {
      this.#managed.create(applying, fields);
      return this.#add(type, object);
    }
    requireVersion(object.metadata.resourceVersion, present, call);
    return this.#apply(type, present, applying, fields);
  }

  /** Sets the status, and nothing else. */
  applyStatus(
    type: ResourceType,
    object: NewObject & { readonly status: unknown },
    fieldManager: string,
  ): StoredObject {
    const call = this.#arrive('apply-status', type, keyOf(object));
    const applying = { id: idOf(type, keyOf(object)), part: 'status', fieldManager } as const;
    const present = this.#objects.get(applying.id);
    if (present === undefined) throw refuse(call, 404, 'NotFound');
    requireVersion(object.metadata.resourceVersion, present, call);
    return this.#apply(type, present, applying, { status: object.status });
  }

  replace(type: ResourceType, object: StoredObject): StoredObject {
    const call = this.#arrive('replace', type, keyOf(object));
    const present = this.#objects.get(idOf(type, keyOf(object)));
    if (present === undefined) throw refuse(call, 404, 'NotFound');
    const { uid, resourceVersion } = object.metadata;
    if (uid !== present.metadata.uid || resourceVersion !== present.metadata.resourceVersion)
      throw refuse(call, 409, 'Conflict');
    return this.#store(type, present, { ...object, status: present.status });
  }

  delete(type: ResourceType, object: ApiObject): void {
    const call = this.#arrive('delete', type, keyOf(object));
    const present = this.#objects.get(idOf(type, keyOf(object)));
    if (present === undefined) return;
    if (present.metadata.uid !== object.metadata.uid) throw refuse(call, 409, 'Conflict');
    this.#objects.delete(idOf(type, keyOf(object)));
    this.#managed.forget(idOf(type, keyOf(object)));
    const metadata = { ...present.metadata, resourceVersion: this.log.next() };
    this.log.append({ type: 'deleted', object: { ...present, metadata } });
  }

  /** Changes of a type after a version. @throws ApiError `Expired` when some of them are forgotten */
  since(type: ResourceType, version: string): StoredChange[] {
    const call = this.#arrive('watch', type);
    const changes = this.log.since(version);
    if (changes === undefined) throw refuse(call, 410, 'Expired');
    return changes.filter(({ object }) => isOf(type, object));
  }

  #apply(type: ResourceType, present: StoredObject, applying: Applying, fields: unknown): StoredObject {
    const next = this.#managed.apply(applying, present, fields);
    return this.#store(type, present, next as StoredObject); // fields of an object merged into an object
  }

  #add(type: ResourceType, object: Written): StoredObject {
    this.#uids += 1;
    const added: StoredObject = {
      ...object,
      metadata: {
        ...object.metadata,
        uid: `${type.plural}-${this.#uids}`,
        resourceVersion: this.log.next(),
        generation: 1,
        creationTimestamp: formatInstant(this.now()),
      },
    };
    this.#objects.set(idOf(type, keyOf(object)), added);
    this.log.append({ type: 'added', object: added });
    return added;
  }

  /** Keeps what an object has become; what has not changed makes no version. */
  #store(type: ResourceType, present: StoredObject, next: StoredObject): StoredObject {
    if (isDeepStrictEqual(next, present)) return present;
    const { generation = 0 } = present.metadata;
    const respecified = !isDeepStrictEqual(next.spec, present.spec);
    const metadata = {
      ...next.metadata,
      resourceVersion: this.log.next(),
      generation: generation + (respecified ? 1 : 0),
    };
    const object = { ...next, metadata };
    this.#objects.set(idOf(type, keyOf(object)), object);
    this.log.append({ type: 'modified', object });
    return object;
  }

  #arrive(verb: Verb, type: ResourceType, key?: ObjectKey): ApiCall {
    const object = key === undefined ? type.kind : `${type.kind} ${key}`;
    const call: ApiCall = { verb, object, cluster: this.name, confidential: false };
    this.onCall(call);
    return call;
  }
}

/** A refusal, as the server words it. */
export function refuse(call: ApiCall, code: number, reason: string): ApiError {
  return ApiError.refused(call, { code, reason, message: 'refused by the server in memory' });
}

/** Who names a version writes over that one, or not at all. */
function requireVersion(version: string | undefined, present: StoredObject, call: ApiCall): void {
  if (version !== undefined && version !== present.metadata.resourceVersion)
    throw refuse(call, 409, 'Conflict');
}

function idOf({ apiVersion, kind }: ResourceType, key: ObjectKey): string {
  return `${apiVersion} ${kind} ${key}`;
}
