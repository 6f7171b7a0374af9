import { OperatorError, type StalledError, type WaitingError } from '../errors/retry.ts';
import type { Statement } from './statement.ts';

/** Condition that is there only while the document itself is wrong: nothing but a change of it helps. */
export const STALLED = 'Stalled';

/** How the steps of a run ended. */
export type StepsEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'waiting'; readonly error: WaitingError }
  | { readonly kind: 'stalled'; readonly error: StalledError }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What a run comes to in one look. */
export interface Summary {
  /** The condition that sums up. */
  readonly ready: Statement;
  /** The condition {@link STALLED}; undefined: it is not. */
  readonly stalled?: Statement | undefined;
  /** One word for people: `Ready`, `NotReady`, `Waiting`, `Stalled`, `Failed`. */
  readonly phase: string;
}

/**
 * Sums a run up: the one place where `Ready`, `Stalled` and `phase` are derived.
 * @param type the condition that sums up
 * @param stated that condition as the steps stated it; believed only where they came to their end
 */
export function summarise(end: StepsEnd, type: string, stated: Statement | undefined): Summary {
  switch (end.kind) {
    case 'done': {
      const ready = stated ?? { type, status: 'True', reason: 'Reconciled', message: '' };
      return { ready, phase: ready.status === 'True' ? 'Ready' : 'NotReady' };
    }
    case 'waiting':
      return { ready: unready(type, end.error.reason, end.error.message), phase: 'Waiting' };
    case 'stalled': {
      const { reason, field } = end.error;
      const message = `${field}: ${describeFailure(end.error)}`;
      return {
        ready: unready(type, reason, message),
        stalled: { type: STALLED, status: 'True', reason, message },
        phase: 'Stalled',
      };
    }
    case 'failed':
      return { ready: unready(type, 'Failed', describeFailure(end.error)), phase: 'Failed' };
  }
}

/** What failed, for people, with the code by which it is looked up. */
export function describeFailure(error: unknown): string {
  if (error instanceof OperatorError) return `${error.message} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}

function unready(type: string, reason: string, message: string): Statement {
  return { type, status: 'False', reason, message };
}
