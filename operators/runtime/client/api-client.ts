import type { ApiObject, NewObject, ObjectKey } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';

/** What every call can be told. */
export interface CallOptions {
  /** Ends the call, and with it whatever waits for the answer. */
  readonly signal?: AbortSignal | undefined;
  /** After this many milliseconds the call fails. Default: the client's. */
  readonly deadline?: number | undefined;
}

/** Which objects are listed or watched. */
export interface Selection {
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

/** Part of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Version of the list, from which a watch may go on. */
  readonly resourceVersion: string;
  /** Where the next page begins; absent on the last. */
  readonly continue?: string | undefined;
}

/** What a watch tells. A bookmark is progress without a change. */
export type WatchEvent<T> =
  | { readonly type: 'added' | 'modified' | 'deleted'; readonly object: T }
  | { readonly type: 'bookmark'; readonly resourceVersion: string };

/** The answer to a path that is no object. */
export interface TextAnswer {
  readonly text: string;
  /** Its header `Date`; undefined where it has none. */
  readonly date: string | undefined;
}

/** As whom fields are written. */
export interface ApplyOptions extends CallOptions {
  /** `zaibei-<controller>`: each controller owns exactly the fields that it applies. */
  readonly fieldManager: string;
  /** Take fields over from another manager instead of failing with a conflict. Default: false. */
  readonly force?: boolean | undefined;
}

/**
 * The API of one cluster. Every failure is an `ApiError`, which carries the decision whether and when to try again; an
 * answer that never came is one too. Where there are no credentials to call with, it is a `CredentialsError`. Calls wait
 * their turn under the client's rate limit.
 */
export interface ApiClient {
  /** The object, or undefined where there is none. */
  find<T extends ApiObject>(
    type: ResourceType<T>,
    key: ObjectKey,
    options?: CallOptions,
  ): Promise<T | undefined>;

  /** One page of a list, parsed without holding the event loop. */
  listPage<T extends ApiObject>(
    type: ResourceType<T>,
    page: Selection & { readonly limit: number; readonly continue?: string | undefined },
    options?: CallOptions,
  ): Promise<Page<T>>;

  /**
   * Changes from a version on, with bookmarks. Ends when the server closes the watch; throws what went wrong, among it
   * the version being too old (`ApiError` with `reason: 'Expired'`) and silence beyond the idle limit (`'Timeout'`).
   */
  watch<T extends ApiObject>(
    type: ResourceType<T>,
    from: Selection & { readonly resourceVersion: string },
    options: CallOptions & {
      /** The server closes the watch after this time, in milliseconds. */
      readonly lifetime: number;
      /** Without any event or bookmark for this long the watch counts as dead, in milliseconds. */
      readonly idleLimit: number;
    },
  ): AsyncIterable<WatchEvent<T>>;

  /** Creates by name. Where the name is taken, the `ApiError` says `reason: 'AlreadyExists'`. */
  create<T extends ApiObject>(
    type: ResourceType<T>,
    object: NewObject,
    options?: CallOptions & { readonly fieldManager?: string },
  ): Promise<T>;

  /** Server-side apply of the fields given. */
  apply<T extends ApiObject>(type: ResourceType<T>, object: NewObject, options: ApplyOptions): Promise<T>;

  /** Server-side apply of the status given; the spec is not touched. */
  applyStatus<T extends ApiObject>(
    type: ResourceType<T>,
    object: NewObject & { readonly status: unknown },
    options: ApplyOptions,
  ): Promise<T>;

  /** Replaces an object of exactly that `resourceVersion`, or fails with `reason: 'Conflict'`. */
  replace<T extends ApiObject>(type: ResourceType<T>, object: T, options?: CallOptions): Promise<T>;

  /** Deletes exactly the object of that uid. One that is gone already counts as deleted. */
  delete(type: ResourceType, object: ApiObject, options?: CallOptions): Promise<void>;

  /** GET of a path that is no object, such as `/version` or `/readyz`: the text of the answer with its time. */
  read(path: string, options?: CallOptions): Promise<TextAnswer>;
}
