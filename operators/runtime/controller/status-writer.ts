import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../api/index.ts';
import type { ApiClient } from '../client/api-client.ts';
import { keyOf, type Live, type ObjectKey } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { Change } from '../watching/reader.ts';
import { statusOf, type AnyStatus } from './status-draft.ts';

/** Our last write of one object, kept until the store has it. */
interface Write {
  readonly uid: string;
  /** Version that the store had then. While it still has it, it is behind. */
  readonly basis: string;
  /** What came of it; undefined where the answer never came. */
  readonly answer?: { readonly version: string; readonly status: AnyStatus } | undefined;
  /** What was wished for in it; undefined once the server was asked what stands, which may be another's doing. */
  readonly wish?: AnyStatus | undefined;
}

/**
 * Writes the status of objects, only when it differs from what the server has. The store is behind the server, most of
 * all right after a write: the last write of each object is remembered, and where neither store nor memory can say what
 * stands, the server is asked. The same memory tells our own writes, when they arrive in the store, from what others did.
 */
export class StatusWriter<R extends Resource> {
  /** Called with the key of each object that changed otherwise than by our own status. */
  onChange: (key: ObjectKey) => void = () => undefined;
  readonly #client: ApiClient;
  readonly #type: ResourceType<Live<R>>;
  readonly #fieldManager: string;
  readonly #writes = new Map<ObjectKey, Write>();
  /** Changes heard of while a write is on its way: ours may arrive in the store before its answer does. */
  readonly #undecided = new Map<ObjectKey, Change<Live<R>>[]>();

  constructor(client: ApiClient, type: ResourceType<Live<R>>, fieldManager: string) {
    this.#client = client;
    this.#type = type;
    this.#fieldManager = fieldManager;
  }

  /** The status as it stands. @param object as the store has it @throws ApiError where the server had to be asked */
  async present(object: Live<R>, signal: AbortSignal): Promise<AnyStatus> {
    const key = keyOf(object);
    const write = this.#writes.get(key);
    const { uid, resourceVersion } = object.metadata;
    if (write?.uid !== uid || resourceVersion === write.answer?.version) return statusOf(object);
    if (resourceVersion === write.basis && write.answer !== undefined) return write.answer.status;
    // Another version came in between or the answer was lost: what the store has may be older than our write, or newer.
    const found = await this.#client.find(this.#type, key, { signal });
    if (found?.metadata.uid !== uid) return statusOf(object);
    const answer = { version: found.metadata.resourceVersion, status: statusOf(found) };
    this.#writes.set(key, { uid, basis: resourceVersion, answer });
    return answer.status;
  }

  /**
   * Writes a status unless it stands already. Fields of an earlier write that this one has not are removed.
   * @param object as the store has it
   * @param present as {@link present} told it
   * @returns whether it was written
   * @throws ApiError
   */
  async write(object: Live<R>, status: AnyStatus, present: AnyStatus, signal: AbortSignal): Promise<boolean> {
    const key = keyOf(object);
    const wish = withoutUndefined(status);
    const before = this.#writes.get(key);
    if (isDeepStrictEqual(wish, present)) return false;
    // The server may keep it in another form (order of lists, fields of a stranger): it has answered this already.
    const answered = before?.uid === object.metadata.uid && isDeepStrictEqual(wish, before.wish);
    if (answered && isDeepStrictEqual(present, before.answer?.status)) return false;
    this.#undecided.set(key, []);
    try {
      await this.#send(object, wish, signal);
    } finally {
      const changes = this.#undecided.get(key) ?? [];
      this.#undecided.delete(key);
      for (const change of changes) this.heed(change);
    }
    return true;
  }

  /** Takes note of a change in the store, and calls {@link onChange} unless it is nothing but the arrival of our own write. */
  heed(change: Change<Live<R>>): void {
    const undecided = this.#undecided.get(change.key);
    if (undecided !== undefined) undecided.push(change);
    else if (!this.#isOwn(change)) this.onChange(change.key);
  }

  /** The object is gone. */
  forget(key: ObjectKey): void {
    this.#writes.delete(key);
  }

  async #send(object: Live<R>, wish: AnyStatus, signal: AbortSignal): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace, uid, resourceVersion: basis } = metadata;
    const key = keyOf(object);
    this.#writes.set(key, { uid, basis, wish });
    const written = await this.#client.applyStatus(
      this.#type,
      { apiVersion, kind, metadata: { name, namespace, uid }, status: wish },
      { fieldManager: this.#fieldManager, force: true, signal },
    );
    const answer = { version: written.metadata.resourceVersion, status: statusOf(written) };
    this.#writes.set(key, { uid, basis, wish, answer });
  }

  #isOwn({ key, before, after }: Change<Live<R>>): boolean {
    const write = this.#writes.get(key);
    const version = write?.answer?.version;
    if (before === undefined || after === undefined || after.metadata.resourceVersion !== version)
      return false;
    // The store has it; only what the server keeps in another form than it was written must still be known.
    if (isDeepStrictEqual(write?.wish, write?.answer?.status)) this.#writes.delete(key);
    // A list may have jumped over a version in which somebody changed more.
    return isDeepStrictEqual({ ...before.metadata, resourceVersion: version }, after.metadata);
  }
}

/** As JSON has it: the server never sees `undefined`, and so must not the comparison. */
function withoutUndefined(status: AnyStatus): AnyStatus {
  return JSON.parse(JSON.stringify(status)) as AnyStatus; // what was a status still is one
}
