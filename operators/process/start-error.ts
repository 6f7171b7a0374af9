import { CannotListenError, EXIT, OperatorError, type ExitCode } from '../runtime/index.ts';

/**
 * Why the operator does not start. Each is one message that says what was found, what is allowed and what to do; the process
 * ends with {@link exitCode}, because nothing that it could wait for would help.
 */
export abstract class StartError extends OperatorError {
  abstract readonly exitCode: ExitCode;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, message, { kind: 'backoff' }, options);
  }
}

/** Variables of the environment that are missing or mean nothing. */
export class EnvironmentError extends StartError {
  static readonly code = 'ZB-RUN-004';
  override readonly exitCode = EXIT.configuration;
  /** One line for each variable. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      EnvironmentError.code,
      `the operator cannot start with these variables: ${problems.join(' ')} Set them in the Deployment, or in the shell that starts it.`,
    );
    this.problems = problems;
  }
}

/** The topology of this cluster has no such centre. */
export class UnknownCentreError extends StartError {
  static readonly code = 'ZB-RUN-005';
  override readonly exitCode = EXIT.configuration;

  /** @param known names of the centres that there are */
  constructor(centre: string, known: readonly string[]) {
    super(
      UnknownCentreError.code,
      `ZAIBEI_CENTRE is "${centre}", and the Topology of this cluster has no centre of that name; it has: ${known.join(', ')}. Correct the variable, or deploy the Topology that has the centre.`,
    );
  }
}

/** The API server answers, and does not let this operator in. */
export class NotAdmittedError extends StartError {
  static readonly code = 'ZB-RUN-006';
  override readonly exitCode = EXIT.refused;

  constructor(cause: Error) {
    super(NotAdmittedError.code, `the API server has refused this operator for a while: ${cause.message}`, {
      cause,
    });
  }
}

/** The kubeconfig, or the service account of the pod, cannot be used. */
export class UnusableCredentialsError extends StartError {
  static readonly code = 'ZB-RUN-007';
  override readonly exitCode = EXIT.configuration;

  constructor(cause: Error) {
    super(
      UnusableCredentialsError.code,
      `the operator has no credentials for an API server: ${cause.message} Run it in a pod with a service account, or set KUBECONFIG.`,
      {
        cause,
      },
    );
  }
}

/** With which code an operator ends that such an error kept from starting; undefined for an error that is a defect. */
export function exitCodeOf(error: unknown): ExitCode | undefined {
  if (error instanceof StartError) return error.exitCode;
  return error instanceof CannotListenError ? EXIT.configuration : undefined;
}
