import { API_BACKOFF, backoffDelay } from '../backoff.ts';
import type { ApiClient, Page, Selection } from '../client/api-client.ts';
import type { Clock } from '../clock.ts';
import { failedAs } from '../errors/api-error.ts';
import { askedWait } from '../errors/retry.ts';
import type { Logger } from '../logs/logger.ts';
import { keyOf, type ApiObject, type ObjectKey } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import { pause } from '../pause.ts';
import { Store } from './store.ts';
import { TooManyObjectsError } from './too-many-objects-error.ts';
import { unobserved, type WatchEnd, type WatchObserver } from './watch-observer.ts';

/** What a reflector is made of. */
export interface ReflectorOptions<T extends ApiObject> {
  readonly client: ApiClient;
  readonly type: ResourceType<T>;
  /** Which objects; default: all. */
  readonly selection?: Selection | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly observer?: WatchObserver | undefined;
  /** More objects than this are not taken in: the memory of the operator is not for a server to fill. Default: without end. */
  readonly most?: number | undefined;
  /** A watch that says nothing for so many milliseconds is dead. Default: 150 s, between two bookmarks and a half. */
  readonly idleLimit?: number | undefined;
  /** In [0, 1). Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** Objects a page: some milliseconds of work, and no load on the server that others would notice. */
const PAGE = 500;

/** How long a watch is asked for, in milliseconds: at random, so that watches begun together do not end together. */
const LIFETIME = { least: 300_000, most: 600_000 };

const IDLE_LIMIT = 150_000;

/** A list and a watch that lasted so many milliseconds were good ones: what failed before is forgotten. */
const GOOD_ROUND = 30_000;

/**
 * So many failures in a row are an outage, and after an outage everything is listed anew: etcd may have been restored from a
 * backup, and its versions have begun again below the one we know, from which a watch would stay silent.
 */
const OUTAGE = 3;

/**
 * Keeps a {@link Store} like the objects of one kind on a server: lists them, watches from there, and begins again
 * whenever that ends, for whatever reason, until it is told to stop.
 *
 * Versions are compared with nothing. The order of the changes of one object is what the server promises; between objects
 * none is assumed.
 */
export class Reflector<T extends ApiObject> {
  readonly store: Store<T>;
  readonly #options: ReflectorOptions<T>;
  readonly #observer: WatchObserver;
  readonly #random: () => number;
  /** Where the watch goes on; undefined: a list comes first. */
  #version: string | undefined;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#observer = options.observer ?? unobserved;
    this.#random = options.random ?? Math.random;
    this.store = new Store<T>(options);
  }

  /** Works until the signal is aborted, and never rejects. Called once. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    let failures = 0;
    for (;;) {
      const begun = clock.elapsed();
      const error = await this.#round(signal);
      if (signal.aborted) return;
      const good = clock.elapsed() - begun >= GOOD_ROUND;
      // A watch that ends at once, in whatever order, is as good as none: asked again without a pause, it would spin.
      failures = (good ? 0 : failures) + (good && error === undefined ? 0 : 1);
      if (failures === 0) continue;
      if (failures >= OUTAGE) this.#version = undefined;
      const wait = Math.max(backoffDelay(API_BACKOFF, failures, this.#random), askedWait(error));
      this.#say(failures, wait, error);
      if (!(await pause(clock, wait, signal))) return;
    }
  }

  /** One list where it is needed, and one watch. @returns what ended it; undefined: the server, in the ordinary way */
  async #round(signal: AbortSignal): Promise<unknown> {
    try {
      this.#version ??= await this.#list(signal);
    } catch (error) {
      this.#observer.listed('failed');
      return error;
    }
    try {
      await this.#watch(this.#version, signal);
      this.#observer.ended('closed');
      return undefined;
    } catch (error) {
      if (failedAs(error, 'Expired')) this.#version = undefined;
      this.#observer.ended(endOf(error));
      return error;
    }
  }

  /** Takes a complete list in, page by page. @returns its version */
  async #list(signal: AbortSignal): Promise<string> {
    const { client, type, selection, most = Infinity } = this.#options;
    const listed = new Set<ObjectKey>();
    const waiting: T[] = [];
    let page: Page<T> | undefined;
    let answered = 0;
    do {
      const next = page?.continue;
      page = await client.listPage(type, { ...selection, limit: PAGE, continue: next }, { signal });
      // A page without objects counts too, unless it is the last: a list of those need not end either.
      answered += Math.max(page.continue === undefined ? 0 : 1, page.items.length);
      if (answered > most) throw new TooManyObjectsError(type.kind, most);
      for (const object of page.items) {
        listed.add(keyOf(object));
        if (type.whole === true) waiting.push(object);
        else this.store.put(object);
      }
      this.#heard();
    } while (page.continue !== undefined);
    for (const object of waiting) this.store.put(object);
    this.store.keepOnly(listed);
    this.#heard();
    this.#observer.listed('ok');
    return page.resourceVersion;
  }

  /** Takes changes in until the server ends the watch. */
  async #watch(resourceVersion: string, signal: AbortSignal): Promise<void> {
    const { client, type, selection, idleLimit = IDLE_LIMIT, most = Infinity } = this.#options;
    const lifetime = LIFETIME.least + this.#random() * (LIFETIME.most - LIFETIME.least);
    const from = { ...selection, resourceVersion };
    for await (const event of client.watch(type, from, { signal, lifetime, idleLimit })) {
      if (event.type === 'bookmark') {
        this.#version = event.resourceVersion;
      } else {
        const key = keyOf(event.object);
        if (event.type === 'deleted') this.store.remove(key);
        else if (this.store.size < most || this.store.find(key) !== undefined) this.store.put(event.object);
        else throw new TooManyObjectsError(type.kind, most);
        this.#version = event.object.metadata.resourceVersion;
      }
      this.#heard();
    }
  }

  #heard(): void {
    this.store.heard();
    this.#observer.heard(this.#options.clock.now(), this.store.size);
  }

  /** One line when it begins, one when it lasts; what comes after that says nothing new. */
  #say(failures: number, wait: number, error: unknown): void {
    const { log, type } = this.#options;
    const fields = { kind: type.kind, failures, wait, error };
    if (failures === OUTAGE) log.warn('what is known is getting old: the server cannot be watched', fields);
    else if (failures === 1) log.info('a watch ended early and is begun again', fields);
    else log.debug('still no watch', fields);
  }
}

function endOf(error: unknown): WatchEnd {
  if (failedAs(error, 'Expired')) return 'expired';
  return failedAs(error, 'Timeout') ? 'silent' : 'error';
}
