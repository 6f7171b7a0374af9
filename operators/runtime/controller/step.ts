import type { Condition, Resource } from '../../api/index.ts';
import type { Logger } from '../logs/logger.ts';
import type { Live, ObjectKey } from '../objects/api-object.ts';

/** Fields of a status that the runtime writes itself. */
type RuntimeField = 'observedGeneration' | 'conditions';

/**
 * The status that is being made. It is compared and written once, after the last step or the first that threw. After the
 * last, fields and conditions that no step set are gone; where a step threw, those of the steps that it kept from running
 * stay as they were.
 */
export interface StatusDraft<Status> {
  /** Sets fields; `undefined` removes one. A `phase` is taken for a run that ends well; after any other the runtime says it. */
  set(fields: { readonly [Field in Exclude<keyof Status, RuntimeField>]?: Status[Field] | undefined }): void;
  /**
   * States a condition at the present generation. `lastTransitionTime` moves only when `status` does. The one that sums up
   * (`Ready`) need not be stated, and is not believed after an error; `Stalled` is the runtime's.
   */
  condition(type: string, status: Condition['status'], reason: string, message: string): void;
  /** The condition as stated so far in this run, or undefined. */
  stated(type: string): Condition | undefined;
}

/** One run over one object: what a step sees and may do. */
export interface Reconciliation<R extends Resource = Resource> {
  readonly key: ObjectKey;
  /** The object as the store has it. */
  readonly object: Live<R>;
  /** Its spec, checked by the schema of this program, with defaults filled in. */
  readonly spec: R['spec'];
  readonly status: StatusDraft<NonNullable<R['status']>>;
  /** Wall-clock time of this run, in milliseconds: one instant for all steps. */
  readonly now: number;
  /** Aborted when the run has lasted too long, or leadership is lost. Every call gets it. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** Tells whoever asks `kubectl describe`. Repetitions are counted, not repeated. */
  readonly event: (type: 'Normal' | 'Warning', reason: string, message: string) => void;
  /** Asks for another run after this many milliseconds at the latest; the earliest wish wins. */
  readonly again: (milliseconds: number) => void;
}

/**
 * One part of a controller's work. Steps run in order; the first that throws ends the run, and the type of what it throws
 * says what comes next (`StalledError`, `WaitingError`, anything else: back-off).
 */
export type Step<R extends Resource> = (run: Reconciliation<R>) => void | Promise<void>;
