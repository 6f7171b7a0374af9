import { OperatorError } from '../errors/retry.ts';

/** A server says that it has more objects of a kind than it can honestly have; what it says is not taken in. */
export class TooManyObjectsError extends OperatorError {
  constructor(kind: string, most: number) {
    super(
      'ZB-RUN-004',
      `there are said to be more than ${most} objects of kind ${kind}, which is more than is kept; see what writes them there`,
      { kind: 'backoff' },
    );
  }
}
