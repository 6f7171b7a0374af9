import type { ObjectKey } from '../objects/api-object.ts';

/** What happened to one object. Absent `before`: it is new. Absent `after`: it is gone. */
export interface Change<T> {
  readonly key: ObjectKey;
  readonly before?: T | undefined;
  readonly after?: T | undefined;
}

/** Where changes are heard of. */
export interface ChangeSource<T> {
  /** Tells every change from now on, in order. A listener that throws is logged and harms no other. */
  listen(listener: (change: Change<T>) => void): void;
}

/** Objects of one kind as last heard of. What it hands out is shared: nobody changes it. */
export interface Reader<T> extends ChangeSource<T> {
  /** Whether a complete list has been seen. Before that, an absence means nothing. */
  readonly synced: boolean;
  /** When the server was last heard of, by `Clock.elapsed`; undefined: never. What is read is at least that old. */
  readonly heardAt: number | undefined;
  readonly size: number;
  find(key: ObjectKey): T | undefined;
  all(): IterableIterator<T>;
  /** Objects whose index value is this; an index that was never declared throws. */
  having(index: string, value: string): readonly T[];
  /** Declares an index: the values under which an object is found. Once, before the first use. */
  index(name: string, values: (object: T) => readonly string[]): void;
}
