import { OperatorError } from '../errors/retry.ts';

/** A server says that it has more objects of a kind than it can honestly have; what it says is not taken in. */
export class TooManyObjectsError extends OperatorError {
  static readonly code = 'ZB-RUN-008';

  constructor(kind: string, most: number) {
    super(
      TooManyObjectsError.code,
      `there are said to be more than ${most} objects of kind ${kind}, which is more than is kept; see what writes them there`,
      { kind: 'backoff' },
    );
  }
}
