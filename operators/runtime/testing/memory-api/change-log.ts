import type { ApiObject } from '../../objects/api-object.ts';

/** An object as the server keeps it. It is never changed in place, so whoever has one may keep it. */
export interface StoredObject extends ApiObject {
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** One change of one object, which has the version that it made. */
export interface StoredChange {
  readonly type: 'added' | 'modified' | 'deleted';
  readonly object: StoredObject;
}

/** What has happened at a server, as far back as it remembers. */
export class ChangeLog {
  readonly #changes: StoredChange[] = [];
  readonly #listeners = new Set<(change: StoredChange) => void>();
  #version = 0;
  #floor = 0;

  /** Version of the last change. */
  get version(): string {
    return String(this.#version);
  }

  /** A version for the next change. */
  next(): string {
    this.#version += 1;
    return this.version;
  }

  append(change: StoredChange): void {
    this.#changes.push(change);
    for (const listener of this.#listeners) listener(change);
  }

  /** Changes after a version; undefined when some of them are forgotten. */
  since(version: string): StoredChange[] | undefined {
    if (Number(version) < this.#floor) return undefined;
    return this.#changes.filter(({ object }) => Number(object.metadata.resourceVersion) > Number(version));
  }

  /** Hears everything from now on. @returns what ends it */
  listen(listener: (change: StoredChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Forgets the changes so far, as etcd does: who would go on from before lists anew. */
  compact(): void {
    this.#floor = this.#version;
    this.#changes.length = 0;
  }
}
