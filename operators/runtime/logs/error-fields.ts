/**
 * What an error has to say in a log line: its class, code, message, and what caused it. Where it happened is told of a defect
 * only: a failure that was foreseen has a code, and its stack says nothing to whoever reads the log. Its own other fields are
 * left out: libraries keep requests with their headers there.
 */
export function errorFields(error: Error): Readonly<Record<string, unknown>> {
  const code = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    message: error.message,
    ...(!isForeseen(code) && { stack: error.stack }),
    ...(error.cause !== undefined && { cause: error.cause }),
    ...(error instanceof AggregateError && { errors: error.errors }),
  };
}

/** Our own errors have codes, and those of the system and the network. `ERR_…` is how Node says that it was called wrongly. */
function isForeseen(code: unknown): boolean {
  return typeof code === 'string' && !code.startsWith('ERR_');
}
