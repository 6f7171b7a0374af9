import type { ApiClient, CallOptions } from '../../client/api-client.ts';
import type { Clock } from '../../clock.ts';
import { ApiError, type Verb } from '../../errors/api-error.ts';
import type { ApiObject, NewObject } from '../../objects/api-object.ts';
import type { Lease, LeaseSpec } from '../lease.ts';

/** What becomes of one request: how long it and its answer travel, in milliseconds of true time, and whether they arrive. */
export interface Journey {
  readonly there: number;
  readonly back: number;
  readonly lost?: 'request' | 'answer' | undefined;
}

/** A lease as it is sent to be created. */
type NewLease = NewObject & { readonly spec: LeaseSpec };

/** One lease as an API server keeps it: every write gets a new version, and a write of an old version is a conflict. */
export class LeaseServer {
  lease: Lease | undefined;
  /** Requests that arrived. */
  requests = 0;
  readonly #world: Clock;
  #version = 0;

  /** @param world the clock of true time */
  constructor(world: Clock) {
    this.#world = world;
  }

  /**
   * The server as one candidate reaches it. A request that its sender has given up may arrive all the same.
   * @param clock the candidate's, by which its deadlines are measured
   */
  reachedBy(clock: Clock, journey: () => Journey): ApiClient {
    const call = <T>(verb: Verb, options: CallOptions | undefined, serve: () => T): Promise<T> =>
      this.#travel(verb, { clock, journey: journey(), ...options }, serve);
    const other = (): never => {
      throw new Error('only leases are kept here');
    };
    // Leases are the only type that is asked for, so what comes back is of the type that was asked for.
    const client: Pick<ApiClient, 'find' | 'create' | 'replace'> = {
      find: <T extends ApiObject>(_type: unknown, _key: unknown, options?: CallOptions) =>
        call('get', options, () => this.lease as unknown as T | undefined),
      create: <T extends ApiObject>(_type: unknown, object: NewObject, options?: CallOptions) =>
        // A lease is the only thing that is created here.
        call('create', options, () => this.#create(object as NewLease) as unknown as T),
      replace: <T extends ApiObject>(_type: unknown, object: T, options?: CallOptions) =>
        call('replace', options, () => this.#replace(object) as unknown as T),
    };
    return {
      ...client,
      listPage: other,
      watch: other,
      apply: other,
      applyStatus: other,
      delete: other,
      read: other,
    };
  }

  #create(object: NewLease): Lease {
    if (this.lease !== undefined) throw failure('create', 'AlreadyExists', 409);
    const { apiVersion, kind, metadata, spec } = object;
    this.lease = {
      apiVersion,
      kind,
      metadata: { ...metadata, uid: 'lease-1', resourceVersion: this.#next() },
      spec,
    };
    return this.lease;
  }

  #replace(object: Lease): Lease {
    if (this.lease === undefined) throw failure('replace', 'NotFound', 404);
    if (object.metadata.resourceVersion !== this.lease.metadata.resourceVersion)
      throw failure('replace', 'Conflict', 409);
    this.lease = { ...object, metadata: { ...object.metadata, resourceVersion: this.#next() } };
    return this.lease;
  }

  #next(): string {
    this.#version += 1;
    return String(this.#version);
  }

  #travel<T>(
    verb: Verb,
    { clock, journey, signal, deadline = 10_000 }: CallOptions & { clock: Clock; journey: Journey },
    serve: () => T,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const giveUp = (reason: string) => (): void => {
        timer.cancel();
        reject(failure(verb, reason));
      };
      const timer = clock.after(deadline, giveUp('Timeout'));
      signal?.addEventListener('abort', giveUp('Aborted'), { once: true });
      if (signal?.aborted === true) giveUp('Aborted')();
      if (journey.lost === 'request') return;
      this.#world.after(journey.there, () => {
        this.requests += 1;
        const answer = settle(serve);
        if (journey.lost === 'answer') return;
        // The candidate takes the answer up when its event loop runs: a wait of nothing on its own clock.
        this.#world.after(journey.back, () => {
          clock.after(0, () => {
            timer.cancel();
            if ('error' in answer) reject(answer.error);
            else resolve(answer.value);
          });
        });
      });
    });
  }
}

function settle<T>(serve: () => T): { readonly value: T } | { readonly error: Error } {
  try {
    return { value: serve() };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function failure(verb: Verb, reason: string, status?: number): ApiError {
  const call = { verb, object: 'Lease', cluster: 'memory', confidential: false };
  return new ApiError(call, { reason, status, message: 'scripted.' });
}
