import { OperatorError } from './retry.ts';

/**
 * The credentials for a cluster cannot be used: the file is not there, or is no kubeconfig, or has not the context asked
 * for. The message never repeats what is in them, and there is no `cause`: parsers quote the line they failed at.
 */
export class CredentialsError extends OperatorError {
  static readonly code = 'ZB-API-020';

  /** @param from which credentials: a path, or a Secret */
  constructor(from: string, problem: string) {
    const advice = 'Put working credentials there; they are read again at the next use.';
    super(CredentialsError.code, `${from}: ${problem}. ${advice}`, { kind: 'backoff' });
  }
}
