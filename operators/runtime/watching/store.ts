import type { Clock } from '../clock.ts';
import type { Logger } from '../logs/logger.ts';
import { keyOf, type ApiObject, type ObjectKey } from '../objects/api-object.ts';
import { ObjectIndex } from './object-index.ts';
import type { Change, Reader } from './reader.ts';

/** What a store is made of. */
export interface StoreOptions {
  readonly clock: Clock;
  readonly log: Logger;
}

/** The objects that a {@link Reflector} has heard of. It is written by one reflector only, and read through {@link Reader}. */
export class Store<T extends ApiObject> implements Reader<T> {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #objects = new Map<ObjectKey, T>();
  readonly #indexes = new Map<string, ObjectIndex<T>>();
  readonly #listeners: ((change: Change<T>) => void)[] = [];
  readonly #synced = Promise.withResolvers<undefined>();
  #isSynced = false;
  #heardAt: number | undefined;

  constructor({ clock, log }: StoreOptions) {
    this.#clock = clock;
    this.#log = log;
  }

  get synced(): boolean {
    return this.#isSynced;
  }

  get heardAt(): number | undefined {
    return this.#heardAt;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Resolves once a complete list has been seen. */
  untilSynced(): Promise<undefined> {
    return this.#synced.promise;
  }

  find(key: ObjectKey): T | undefined {
    return this.#objects.get(key);
  }

  all(): IterableIterator<T> {
    return this.#objects.values();
  }

  having(index: string, value: string): readonly T[] {
    const declared = this.#indexes.get(index);
    if (declared === undefined) throw new RangeError(`no index "${index}" has been declared`);
    return declared.having(value);
  }

  index(name: string, values: (object: T) => readonly string[]): void {
    if (this.#indexes.has(name)) throw new RangeError(`the index "${name}" has been declared already`);
    const index = new ObjectIndex(this.#guarded(`index ${name}`, values, []));
    for (const [key, object] of this.#objects) index.put(key, object);
    this.#indexes.set(name, index);
  }

  listen(listener: (change: Change<T>) => void): void {
    this.#listeners.push(this.#guarded('listener', listener, undefined));
  }

  /** Notes that the server was heard of. */
  heard(): void {
    this.#heardAt = this.#clock.elapsed();
  }

  /** Takes an object in; one that is known at the same version changes nothing and is told to nobody. */
  put(object: T): void {
    const key = keyOf(object);
    const before = this.#objects.get(key);
    if (
      before?.metadata.resourceVersion === object.metadata.resourceVersion &&
      before.metadata.uid === object.metadata.uid
    )
      return;
    this.#objects.set(key, object);
    for (const index of this.#indexes.values()) index.put(key, object);
    this.#tell({ key, before, after: object });
  }

  /** Takes an object out; one that is not there is told to nobody. */
  remove(key: ObjectKey): void {
    const before = this.#objects.get(key);
    if (before === undefined) return;
    this.#objects.delete(key);
    for (const index of this.#indexes.values()) index.remove(key);
    this.#tell({ key, before });
  }

  /** Ends a complete list: whatever was not in it has been deleted meanwhile. */
  keepOnly(listed: ReadonlySet<ObjectKey>): void {
    for (const key of [...this.#objects.keys()]) if (!listed.has(key)) this.remove(key);
    this.#isSynced = true;
    this.#synced.resolve(undefined);
  }

  #tell(change: Change<T>): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Others' functions harm neither the watch nor each other: what they throw is logged. */
  #guarded<Argument, Result>(what: string, call: (argument: Argument) => Result, otherwise: Result) {
    return (argument: Argument): Result => {
      try {
        return call(argument);
      } catch (error) {
        this.#log.error(`a ${what} of the store threw; its other listeners go on`, { error });
        return otherwise;
      }
    };
  }
}
