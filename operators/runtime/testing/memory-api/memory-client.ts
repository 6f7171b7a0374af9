import type {
  ApiClient,
  ApplyOptions,
  CallOptions,
  Page,
  Selection,
  WatchEvent,
} from '../../client/api-client.ts';
import type { ApiCall, Verb } from '../../errors/api-error.ts';
import { keyOf, type ApiObject, type NewObject, type ObjectKey } from '../../objects/api-object.ts';
import type { ResourceType } from '../../objects/resource-type.ts';
import type { StoredChange, StoredObject } from './change-log.ts';
import type { MemoryApiServer } from './memory-api-server.ts';
import { isOf, selects } from './selects.ts';

/** How a client reaches its server: what is between them may delay, lose and break. */
export interface Wire {
  /** Carries a request to the server and its answer back. @param serve what the server does when it arrives */
  exchange<T>(call: ApiCall, options: CallOptions, serve: () => T): Promise<T>;
  /**
   * Carries changes, in order, until the server closes the stream or it breaks.
   * @param open begins it at the server: hands over what has happened, and then everything that happens
   */
  stream(
    call: ApiCall,
    options: CallOptions & { readonly lifetime: number; readonly idleLimit: number },
    open: (push: (change: StoredChange) => void) => {
      readonly close: () => void;
      readonly version: () => string;
    },
  ): AsyncIterable<StoredChange | { readonly bookmark: string }>;
}

/** A client of a server in memory. */
export class MemoryClient implements ApiClient {
  readonly #server: MemoryApiServer;
  readonly #wire: Wire;

  constructor(server: MemoryApiServer, wire: Wire) {
    this.#server = server;
    this.#wire = wire;
  }

  find<T extends ApiObject>(
    type: ResourceType<T>,
    key: ObjectKey,
    options: CallOptions = {},
  ): Promise<T | undefined> {
    return this.#call('get', type, key, options, () => {
      const found = this.#server.find(type, key);
      return found === undefined ? undefined : type.keep(found);
    });
  }

  /** Everything is on one page. */
  listPage<T extends ApiObject>(
    type: ResourceType<T>,
    selection: Selection,
    options: CallOptions = {},
  ): Promise<Page<T>> {
    return this.#call('list', type, undefined, options, () => ({
      items: this.#server.list(type, selection).map((object) => type.keep(object)),
      resourceVersion: this.#server.log.version,
    }));
  }

  async *watch<T extends ApiObject>(
    type: ResourceType<T>,
    from: Selection & { readonly resourceVersion: string },
    options: CallOptions & { readonly lifetime: number; readonly idleLimit: number },
  ): AsyncIterable<WatchEvent<T>> {
    const open = (push: (change: StoredChange) => void) => {
      const concerns = ({ object }: StoredChange): boolean => isOf(type, object) && selects(from, object);
      this.#server.since(type, from.resourceVersion).filter(concerns).forEach(push);
      const close = this.#server.log.listen((change) => {
        if (concerns(change)) push(change);
      });
      return { close, version: () => this.#server.log.version };
    };
    for await (const change of this.#wire.stream(this.#describe('watch', type), options, open)) {
      if ('bookmark' in change) yield { type: 'bookmark', resourceVersion: change.bookmark };
      else yield { type: change.type, object: type.keep(change.object) };
    }
  }

  create<T extends ApiObject>(
    type: ResourceType<T>,
    object: NewObject,
    options: CallOptions = {},
  ): Promise<T> {
    return this.#call('create', type, keyOf(object), options, () =>
      type.keep(this.#server.create(type, object)),
    );
  }

  apply<T extends ApiObject>(type: ResourceType<T>, object: NewObject, options: ApplyOptions): Promise<T> {
    return this.#call('apply', type, keyOf(object), options, () =>
      type.keep(this.#server.apply(type, object, options.fieldManager)),
    );
  }

  applyStatus<T extends ApiObject>(
    type: ResourceType<T>,
    object: NewObject & { readonly status: unknown },
    options: ApplyOptions,
  ): Promise<T> {
    return this.#call('apply-status', type, keyOf(object), options, () =>
      type.keep(this.#server.applyStatus(type, object, options.fieldManager)),
    );
  }

  replace<T extends ApiObject>(type: ResourceType<T>, object: T, options: CallOptions = {}): Promise<T> {
    return this.#call('replace', type, keyOf(object), options, () =>
      type.keep(this.#server.replace(type, object as StoredObject)),
    );
  }

  delete(type: ResourceType, object: ApiObject, options: CallOptions = {}): Promise<void> {
    return this.#call('delete', type, keyOf(object), options, () => {
      this.#server.delete(type, object);
    });
  }

  read(path: string, options: CallOptions = {}): Promise<{ text: string; date: string | undefined }> {
    const call: ApiCall = { verb: 'read', object: path, cluster: this.#server.name, confidential: false };
    return this.#wire.exchange(call, options, () => {
      this.#server.onCall(call);
      return { text: 'ok', date: new Date(this.#server.now()).toUTCString() };
    });
  }

  #call<T>(
    verb: Verb,
    type: ResourceType,
    key: ObjectKey | undefined,
    options: CallOptions,
    serve: () => T,
  ): Promise<T> {
    return this.#wire.exchange(this.#describe(verb, type, key), options, serve);
  }

  #describe(verb: Verb, type: ResourceType, key?: ObjectKey): ApiCall {
    const object = key === undefined ? type.kind : `${type.kind} ${key}`;
    return { verb, object, cluster: this.#server.name, confidential: false };
  }
}
