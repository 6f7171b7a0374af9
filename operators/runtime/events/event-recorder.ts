import type { ApiObject } from '../objects/api-object.ts';

/** What happened to an object, for whoever looks at it. */
export interface EventNote {
  readonly type: 'Normal' | 'Warning';
  /** One word for machines. */
  readonly reason: string;
  readonly message: string;
}

/** Tells people about objects. It returns at once and never throws: telling must not disturb the work. */
export interface EventRecorder {
  record(about: ApiObject, note: EventNote): void;
}

/** Tells nobody. */
export const silentEvents: EventRecorder = { record: () => undefined };
