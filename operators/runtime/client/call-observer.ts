import type { Verb } from '../errors/api-error.ts';

/** One call that has ended; a watch counts when it has been opened or refused. */
export interface ObservedCall {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly verb: Verb;
  /** HTTP status, or the reason for which there is none: `Timeout`. */
  readonly code: string;
  /** How long it took, its turn under the rate limit included. */
  readonly milliseconds: number;
}

/** Is told of every call, for metrics. It must not throw. */
export type CallObserver = (call: ObservedCall) => void;
