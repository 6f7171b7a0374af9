import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../api/index.ts';
import type { ApiClient } from '../client/api-client.ts';
import { keyOf, type Live, type ObjectKey } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { Change } from '../watching/reader.ts';
import { statusOf, type AnyStatus } from './status-draft.ts';

/** The status of an object as far as it is known here, and the version of the object that has it. */
export interface PresentStatus {
  readonly status: AnyStatus;
  readonly version: string;
}

/** Our last write of one object, kept until the store has it: what the server answered, and */
interface Write extends PresentStatus {
  /** the version that the store had then (while it still has it, it is behind), and */
  readonly basis: string;
  /** what was wished for. */
  readonly wish: AnyStatus;
}

/**
 * Writes the status of objects: only when it differs from what the server has, and only over the version that is known
 * here. The store is behind the server, most of all right after a write, so the last write of each object is remembered.
 * Where the server has another version all the same, or another object of that name, the write is a conflict, and a later
 * run finds in the store what it was. The same memory tells our own writes, when they arrive, from what others did.
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

  /** The status as it stands. @param object as the store has it */
  present(object: Live<R>): PresentStatus {
    const write = this.#writes.get(keyOf(object));
    const { resourceVersion: version } = object.metadata;
    return version === write?.basis ? write : { version, status: statusOf(object) };
  }

  /**
   * Writes a status unless it stands already. Fields of an earlier write that this one has not are removed.
   * @param object as the store has it
   * @param present as {@link present} told it when the run began
   * @throws ApiError, a conflict among them where the server has another version by now
   */
  async write(
    object: Live<R>,
    status: AnyStatus,
    present: PresentStatus,
    signal: AbortSignal,
  ): Promise<void> {
    const key = keyOf(object);
    const wish = withoutUndefined(status);
    if (isDeepStrictEqual(wish, present.status)) return;
    const before = this.#writes.get(key);
    // The server may keep it in another form (order of lists, fields of a stranger): it has answered this already.
    if (isDeepStrictEqual(wish, before?.wish) && isDeepStrictEqual(present.status, before?.status)) return;
    this.#undecided.set(key, []);
    try {
      await this.#send(object, wish, present.version, signal);
    } finally {
      const changes = this.#undecided.get(key) ?? [];
      this.#undecided.delete(key);
      for (const change of changes) this.heed(change);
    }
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

  async #send(object: Live<R>, wish: AnyStatus, version: string, signal: AbortSignal): Promise<void> {
    const { apiVersion, kind, metadata } = object;
    const { name, namespace, resourceVersion: basis } = metadata;
    const written = await this.#client.applyStatus(
      this.#type,
      { apiVersion, kind, metadata: { name, namespace, resourceVersion: version }, status: wish },
      { fieldManager: this.#fieldManager, force: true, signal },
    );
    const answered = { version: written.metadata.resourceVersion, status: statusOf(written) };
    this.#writes.set(keyOf(object), { basis, wish, ...answered });
  }

  #isOwn({ key, before, after }: Change<Live<R>>): boolean {
    const write = this.#writes.get(key);
    if (write === undefined || before === undefined || after?.metadata.resourceVersion !== write.version)
      return false;
    // The store has it; only what the server keeps in another form than it was written must still be known.
    if (isDeepStrictEqual(write.wish, write.status)) this.#writes.delete(key);
    // A list may have jumped over a version in which somebody changed more.
    return isDeepStrictEqual({ ...before.metadata, resourceVersion: write.version }, after.metadata);
  }
}

/** As JSON has it: the server never sees `undefined`, and so must not the comparison. */
function withoutUndefined(status: AnyStatus): AnyStatus {
  return JSON.parse(JSON.stringify(status)) as AnyStatus; // what was a status still is one
}
