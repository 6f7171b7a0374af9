import type { StepsEnd } from '../conditions/summary.ts';
import { StalledError, WaitingError } from '../errors/retry.ts';

/**
 * How a run over one key ended. `gone`: there is no such object. `held`: it is stalled, and has not changed since.
 * `aborted`: the controller is being stopped, and nothing more is written.
 */
export type RunEnd =
  | { readonly kind: 'gone' | 'held' | 'aborted' }
  | (StepsEnd & {
      /** Wish of a step for another run, in milliseconds. */
      readonly again?: number | undefined;
    });

/** Which end an error makes of a run. */
export function endBy(error: unknown): StepsEnd {
  if (error instanceof StalledError) return { kind: 'stalled', error };
  if (error instanceof WaitingError) return { kind: 'waiting', error };
  return { kind: 'failed', error };
}
