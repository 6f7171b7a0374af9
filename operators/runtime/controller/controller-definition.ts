import type { Kind, Resource } from '../../api/index.ts';
import type { ObjectKey } from '../objects/api-object.ts';
import type { ChangeSource } from '../watching/reader.ts';
import type { Step } from './step.ts';

/** Other objects whose changes make keys of the controller's own kind worth another look. */
export interface Trigger {
  /** A reader, or whatever else tells of changes. */
  readonly reader: ChangeSource<unknown>;
  /** Keys that a changed object (before or after) concerns. */
  readonly keys: (object: never) => Iterable<ObjectKey>;
}

/** Makes a trigger, with the types of reader and keys tied together. */
export function trigger<T>(reader: ChangeSource<T>, keys: (object: T) => Iterable<ObjectKey>): Trigger {
  return { reader, keys: keys as Trigger['keys'] };
}

/** A controller as data. A new kind costs this, its schema, its pure core and its steps. */
export interface ControllerDefinition<R extends Resource> {
  /** One word: names the field manager (`zaibei-<name>`), the metrics' label and the logger. */
  readonly name: string;
  readonly kind: Kind;
  readonly triggers: readonly Trigger[];
  readonly steps: readonly Step<R>[];
  /** Condition that sums up: True when a run ended well. Default: `Ready`. */
  readonly summary?: string;
  /** Keys worked on at the same time. Default: 4. */
  readonly workers?: number;
  /** Longest that one run may last, in milliseconds. Default: 30 s. */
  readonly deadline?: number;
}
