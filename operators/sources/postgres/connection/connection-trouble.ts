import { redactText } from '../../../runtime/index.ts';
import { SourceError } from '../../source-error.ts';

/** What an error of the driver, of a socket or of TLS says. */
interface DriverError {
  readonly code?: unknown;
  readonly message?: unknown;
}

/** What servers answer by SQLSTATE when they let nobody in. */
const REFUSALS = new Set(['28000', '28P01', '42501', '3D000']);

/** SQLSTATEs and words of a server that is there and takes nobody now: it starts, stops, or is full. */
const BUSY = new Set(['57P01', '57P02', '57P03', '53300']);

/** How Node names what it does not believe of a server's certificate. */
const REJECTED =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** How OpenSSL tells that the other end refused our certificate. */
const OUR_CERTIFICATE = /alert (unknown ca|certificate|bad certificate|expired)|ERR_SSL_.*ALERT/i;

/** What kept a connection from being opened, as something that a person can act upon. @param where `user at host:port` */
export function connectionTrouble(cause: unknown, where: string): SourceError {
  if (cause instanceof SourceError) return cause;
  const { code, text } = describe(cause);
  const options = { cause };
  if (REJECTED.test(code)) {
    return new SourceError(
      'CertificateRejected',
      `The certificate of ${where} is not believed: ${text}.`,
      'Give the server a certificate of the authority of the site that names this address, or correct spec.postgres.endpoint.',
      options,
    );
  }
  if (text.includes('does not support SSL')) {
    return new SourceError(
      'CertificateRejected',
      `The server of ${where} has no TLS.`,
      'Set ssl = on with a certificate of the authority of the site: nothing is sent in the clear.',
      options,
    );
  }
  if (REFUSALS.has(code) || OUR_CERTIFICATE.test(`${code} ${text}`) || text.startsWith('SASL')) {
    return new SourceError(
      'AccessRefused',
      `Access as ${where} is refused: ${text}.`,
      'Check password, certificate and pg_hba.conf; "npx zaibei dataset prepare --check" says which of them.',
      options,
    );
  }
  const hint = BUSY.has(code)
    ? 'Wait until it takes connections again.'
    : 'Check the address, that the database runs, and the network policies ("npx zaibei reachability").';
  return new SourceError('Unreachable', `Nobody answers as ${where}: ${text}.`, hint, options);
}

/** What kept a statement from being done. */
export function statementTrouble(cause: unknown, where: string): SourceError {
  if (cause instanceof SourceError) return cause;
  const { code, text } = describe(cause);
  const options = { cause };
  if (/^[0-9A-Z]{5}$/.test(code) && !BUSY.has(code)) {
    return new SourceError(
      'StatementRefused',
      `A statement as ${where} is refused: ${text} (${code}).`,
      'If a right is missing, run "npx zaibei dataset prepare" again.',
      options,
    );
  }
  return connectionTrouble(cause, where);
}

/** Nothing came in time. */
export function noAnswer(where: string, milliseconds: number): SourceError {
  return new SourceError(
    'NoAnswer',
    `No answer as ${where} within ${milliseconds / 1_000} s.`,
    'Check the load of the database, and the line to it.',
  );
}

function describe(cause: unknown): { readonly code: string; readonly text: string } {
  // Errors of sockets may come as several, one for each address that was tried.
  const first = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const { code, message }: DriverError = typeof first === 'object' && first !== null ? first : {};
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? first);
  // One line, without a final full stop: it stands within a sentence.
  const plain = redactText(text).replaceAll(/\s+/g, ' ').replace(/\.$/, '');
  return { code: typeof code === 'string' ? code : '', text: plain };
}
