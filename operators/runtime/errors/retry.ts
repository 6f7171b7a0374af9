/**
 * What an error means for the key whose work it ended. Part of the error's type, so that no caller decides it by text.
 * `stalled`: the document itself is wrong; wait for a new generation. `after`: a known wait. `backoff`: try again, later
 * each time.
 */
export type Retry =
  | { readonly kind: 'stalled' }
  | { readonly kind: 'after'; readonly milliseconds: number }
  | { readonly kind: 'backoff' };

/** An error that says what is to be done about it. */
export abstract class OperatorError extends Error {
  /** Stable: `ZB-OPR-001`. */
  readonly code: string;
  readonly retry: Retry;

  constructor(code: string, message: string, retry: Retry, options?: ErrorOptions) {
    super(message, options);
    // A bundler may put an underscore before the name of a class that names itself.
    this.name = new.target.name.replace(/^_/, '');
    this.code = code;
    this.retry = retry;
  }
}

/** How long whoever refused asks to be left alone, in milliseconds; 0: it does not say. */
export function askedWait(error: unknown): number {
  const retry = error instanceof OperatorError ? error.retry : undefined;
  return retry?.kind === 'after' ? retry.milliseconds : 0;
}

/** The document is of the right shape and means something impossible: nothing but a change of it helps. */
export class StalledError extends OperatorError {
  /** Where in the document: `spec.timed.schedule`. */
  readonly field: string;
  /** One word for machines: the reason of the condition `Stalled`. */
  readonly reason: string;

  /** @param message what was found, what is allowed, what to do */
  constructor(code: string, field: string, reason: string, message: string, options?: ErrorOptions) {
    super(code, message, { kind: 'stalled' }, options);
    this.field = field;
    this.reason = reason;
  }
}

/** Something that will come is not there yet; it is looked at again after a stated time, or when it changes. */
export class WaitingError extends OperatorError {
  /** One word for machines: the reason of the condition that cannot be true yet. */
  readonly reason: string;
  /** Until it is looked at again at the latest. */
  readonly milliseconds: number;

  constructor(code: string, reason: string, message: string, milliseconds: number, options?: ErrorOptions) {
    super(code, message, { kind: 'after', milliseconds }, options);
    this.reason = reason;
    this.milliseconds = milliseconds;
  }
}
