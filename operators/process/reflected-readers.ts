import {
  Reflector,
  whenAborted,
  type ApiObject,
  type Reader,
  type ReflectorOptions,
  type ResourceType,
  type SharedReaders,
  type Store,
} from '../runtime/index.ts';

/** What every reflector is made of, whatever it reads. */
export type ReflectorParts = Pick<ReflectorOptions<ApiObject>, 'client' | 'clock' | 'log' | 'random'> & {
  readonly observe: (type: ResourceType) => ReflectorOptions<ApiObject>['observer'];
};

interface Shared {
  readonly name: string;
  readonly store: Store<never>;
  readonly untilSynced: () => Promise<unknown>;
  readonly run: (signal: AbortSignal) => Promise<void>;
}

/** The readers of one operator, each kept by a reflector of its own. */
export class ReflectedReaders implements SharedReaders {
  readonly #parts: ReflectorParts;
  readonly #shared = new Map<string, Shared>();
  #running: Promise<unknown> | undefined;

  constructor(parts: ReflectorParts) {
    this.#parts = parts;
  }

  /**
   * The reader of a kind; the same one for whoever asks for the same.
   * @throws Error for one that nobody asked for before {@link run}: it would be read from while it knows nothing
   */
  of<T extends ApiObject>(
    type: ResourceType<T>,
    selection: Parameters<SharedReaders['of']>[1] = {},
  ): Reader<T> {
    const key = JSON.stringify([
      type.apiVersion,
      type.plural,
      selection.namespace,
      selection.labelSelector,
      selection.fieldSelector,
    ]);
    const known = this.#shared.get(key);
    // Kept under a key of its own type.
    if (known !== undefined) return known.store;
    if (this.#running !== undefined)
      throw new Error(`ask for the reader of ${type.plural} while the module is made, not later`);
    const { observe, ...parts } = this.#parts;
    const reflector = new Reflector<T>({ ...parts, type, selection, observer: observe(type) });
    const { store } = reflector;
    this.#shared.set(key, {
      name: type.plural,
      store: store as unknown as Store<never>,
      untilSynced: () => store.untilSynced(),
      run: (signal) => reflector.run(signal),
    });
    return store;
  }

  /** Each reader with the name of its kind. */
  *entries(): Generator<readonly [string, Reader<never>]> {
    for (const { name, store } of this.#shared.values()) yield [name, store];
  }

  /** Keeps all of them until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    this.#running = Promise.all(Array.from(this.#shared.values(), ({ run }) => run(signal)));
    await this.#running;
  }

  /** Resolves once every reader has seen a complete list, or the signal is aborted. */
  async untilSynced(signal: AbortSignal): Promise<void> {
    await Promise.race([
      whenAborted(signal),
      Promise.all(Array.from(this.#shared.values(), (shared) => shared.untilSynced())),
    ]);
  }
}
