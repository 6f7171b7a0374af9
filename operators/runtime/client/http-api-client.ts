import { failedAs, type ApiCall, type Verb } from '../errors/api-error.ts';
import { keyOf, type ApiObject, type NewObject, type ObjectKey } from '../objects/api-object.ts';
import { readObject } from '../objects/read-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type {
  ApiClient,
  ApplyOptions,
  CallOptions,
  Page,
  Selection,
  TextAnswer,
  WatchEvent,
} from './api-client.ts';
import type { HttpRequest } from './cluster-connection.ts';
import { Exchange, failure, type Answer, type ExchangeOptions } from './exchange.ts';
import { readList } from './read-list.ts';
import { collectionPath, objectPath, withQuery } from './resource-path.ts';
import { watchEvents } from './watch-stream.ts';

/** What a client is made of. */
export interface HttpApiClientOptions extends ExchangeOptions {
  /** For calls that state none, in milliseconds. Default: 15 s. */
  readonly deadline?: number | undefined;
}

/** Server-side apply sends YAML, of which JSON is a part. */
const APPLY = { 'content-type': 'application/apply-patch+yaml' };
const JSON_BODY = { 'content-type': 'application/json' };

/** The {@link ApiClient} that talks to an API server. */
export class HttpApiClient implements ApiClient {
  readonly #exchange: Exchange;
  readonly #deadline: number;

  constructor(options: HttpApiClientOptions) {
    this.#exchange = new Exchange(options);
    this.#deadline = options.deadline ?? 15_000;
  }

  async find<T extends ApiObject>(
    type: ResourceType<T>,
    key: ObjectKey,
    options?: CallOptions,
  ): Promise<T | undefined> {
    try {
      const request = { method: 'GET', path: objectPath(type, key) } as const;
      return await this.#send(this.#call('get', type, key), request, options, readAs(type));
    } catch (error) {
      if (failedAs(error, 'NotFound') && error.aboutObject) return undefined;
      throw error;
    }
  }

  listPage<T extends ApiObject>(
    type: ResourceType<T>,
    { namespace, labelSelector, fieldSelector, limit, ...page }: Parameters<ApiClient['listPage']>[1],
    options?: CallOptions,
  ): Promise<Page<T>> {
    const query = { labelSelector, fieldSelector, limit, continue: page.continue };
    const request = { method: 'GET', path: withQuery(collectionPath(type, namespace), query) } as const;
    return this.#send(this.#call('list', type, namespace), request, options, ({ body }) =>
      readList(type, body),
    );
  }

  async *watch<T extends ApiObject>(
    type: ResourceType<T>,
    { namespace, ...from }: Selection & { readonly resourceVersion: string },
    options: CallOptions & { readonly lifetime: number; readonly idleLimit: number },
  ): AsyncGenerator<WatchEvent<T>, void> {
    const timeoutSeconds = Math.ceil(options.lifetime / 1_000);
    const query = { ...from, watch: true, allowWatchBookmarks: true, timeoutSeconds };
    const request = { method: 'GET', path: withQuery(collectionPath(type, namespace), query) } as const;
    const call = this.#call('watch', type, namespace);
    const deadline = this.#exchange.deadline(options.deadline ?? this.#deadline, options.signal);
    try {
      const { body } = await this.#exchange.send(call, request, deadline, (answer) =>
        Promise.resolve(answer),
      );
      deadline.extend(options.idleLimit);
      for await (const event of watchEvents(type, call, body)) {
        deadline.extend(options.idleLimit);
        yield event;
      }
    } catch (error) {
      throw failure(call, deadline, error);
    } finally {
      deadline.end();
    }
  }

  create<T extends ApiObject>(
    type: ResourceType<T>,
    object: NewObject,
    { fieldManager, ...options }: CallOptions & { readonly fieldManager?: string } = {},
  ): Promise<T> {
    const path = withQuery(collectionPath(type, object.metadata.namespace), { fieldManager });
    const request = { method: 'POST', path, headers: JSON_BODY, body: JSON.stringify(object) } as const;
    return this.#send(this.#call('create', type, keyOf(object)), request, options, readAs(type));
  }

  apply<T extends ApiObject>(type: ResourceType<T>, object: NewObject, options: ApplyOptions): Promise<T> {
    return this.#apply('apply', type, object, options, objectPath(type, keyOf(object)));
  }

  applyStatus<T extends ApiObject>(
    type: ResourceType<T>,
    object: NewObject & { readonly status: unknown },
    options: ApplyOptions,
  ): Promise<T> {
    return this.#apply('apply-status', type, object, options, objectPath(type, keyOf(object), 'status'));
  }

  replace<T extends ApiObject>(type: ResourceType<T>, object: T, options?: CallOptions): Promise<T> {
    const key = keyOf(object);
    const request = {
      method: 'PUT',
      path: objectPath(type, key),
      headers: JSON_BODY,
      body: JSON.stringify(object),
    } as const;
    return this.#send(this.#call('replace', type, key), request, options, readAs(type));
  }

  async delete(type: ResourceType, object: ApiObject, options?: CallOptions): Promise<void> {
    const key = keyOf(object);
    const { uid } = object.metadata;
    const body = JSON.stringify({ preconditions: { uid }, propagationPolicy: 'Background' });
    const request = { method: 'DELETE', path: objectPath(type, key), headers: JSON_BODY, body } as const;
    try {
      await this.#send(this.#call('delete', type, key), request, options, ({ body }) => body.dump());
    } catch (error) {
      if (failedAs(error, 'NotFound') && error.aboutObject) return;
      if (!failedAs(error, 'Conflict')) throw error;
      // The name may be another object's by now, and then ours is gone.
      if ((await this.find(type, key, options))?.metadata.uid === uid) throw error;
    }
  }

  read(path: string, options?: CallOptions): Promise<TextAnswer> {
    const { cluster } = this.#exchange.connection;
    const call: ApiCall = { verb: 'read', object: path, cluster, confidential: false };
    return this.#send(call, { method: 'GET', path, headers: { accept: '*/*' } }, options, async (answer) => {
      const { date } = answer.headers;
      return { text: await answer.body.text(), date: typeof date === 'string' ? date : undefined };
    });
  }

  #apply<T extends ApiObject>(
    verb: Verb,
    type: ResourceType<T>,
    object: NewObject,
    { fieldManager, force, ...options }: ApplyOptions,
    path: string,
  ): Promise<T> {
    const request = {
      method: 'PATCH',
      path: withQuery(path, { fieldManager, force }),
      headers: APPLY,
      body: JSON.stringify(object),
    } as const;
    return this.#send(this.#call(verb, type, keyOf(object)), request, options, readAs(type));
  }

  async #send<T>(
    call: ApiCall,
    request: HttpRequest,
    options: CallOptions | undefined,
    read: (answer: Answer) => Promise<T>,
  ): Promise<T> {
    const deadline = this.#exchange.deadline(options?.deadline ?? this.#deadline, options?.signal);
    try {
      return await this.#exchange.send(call, request, deadline, read);
    } finally {
      deadline.end();
    }
  }

  /** @param which key, or namespace */
  #call(verb: Verb, { kind }: ResourceType, which?: string): ApiCall {
    const object = which === undefined ? kind : `${kind} ${which}`;
    return { verb, object, cluster: this.#exchange.connection.cluster, confidential: kind === 'Secret' };
  }
}

function readAs<T extends ApiObject>(type: ResourceType<T>): (answer: Answer) => Promise<T> {
  return async ({ body }) => readObject(type, await body.json());
}
