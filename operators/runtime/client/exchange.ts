import type { Clock } from '../clock.ts';
import { ApiError, type ApiCall } from '../errors/api-error.ts';
import { readStatus } from '../errors/api-status.ts';
import { OperatorError } from '../errors/retry.ts';
import { NotAnObjectError } from '../objects/read-object.ts';
import type { Rate } from '../token-bucket.ts';
import { AnswerBody } from './answer-body.ts';
import type { CallObserver } from './call-observer.ts';
import type { ClusterConnection, HttpRequest } from './cluster-connection.ts';
import { Deadline } from './deadline.ts';
import { jsonOrText } from './json-or-text.ts';
import { RateLimit } from './rate-limit.ts';

/** What an exchange with an API server needs. */
export interface ExchangeOptions {
  readonly connection: ClusterConnection;
  readonly clock: Clock;
  /** Default: 500 calls a second and as many at once: the first pass over 2 000 datasets makes 6 000. */
  readonly rate?: Rate | undefined;
  readonly observe?: CallObserver | undefined;
}

/** An answer with success, its body not read yet. */
export interface Answer {
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AnswerBody;
}

/**
 * Sends requests and sees to everything that all of them have in common: their turn, their deadline, what a failure becomes,
 * and who is told of them.
 */
export class Exchange {
  readonly connection: ClusterConnection;
  readonly #clock: Clock;
  readonly #rate: RateLimit;
  readonly #observe: CallObserver;

  constructor({ connection, clock, rate, observe }: ExchangeOptions) {
    this.connection = connection;
    this.#clock = clock;
    this.#rate = new RateLimit(clock, rate ?? { perSecond: 500, burst: 500 });
    this.#observe = observe ?? (() => undefined);
  }

  /** A deadline on the clock of this exchange. */
  deadline(milliseconds: number, caller?: AbortSignal): Deadline {
    return new Deadline(this.#clock, milliseconds, caller);
  }

  /**
   * Sends a request and reads its answer within the deadline.
   * @param read makes the result of the answer
   * @throws ApiError, CredentialsError
   */
  async send<T>(
    call: ApiCall,
    request: HttpRequest,
    deadline: Deadline,
    read: (answer: Answer) => Promise<T>,
  ): Promise<T> {
    const begun = this.#clock.elapsed();
    let code = 'Unknown';
    try {
      await this.#rate.take(deadline.signal);
      const { statusCode, headers, body } = await this.connection.request(request, deadline.signal);
      const answer = { headers, body: new AnswerBody(body) };
      code = String(statusCode);
      if (statusCode >= 300) throw await refusal(call, statusCode, answer);
      return await read(answer);
    } catch (thrown) {
      const error = failure(call, deadline, thrown);
      if (code === 'Unknown') code = error instanceof ApiError ? error.reason : 'Credentials';
      throw error;
    } finally {
      const milliseconds = this.#clock.elapsed() - begun;
      this.#observe({ cluster: this.connection.cluster, verb: call.verb, code, milliseconds });
    }
  }
}

/** What anything thrown during a call comes to. */
export function failure(call: ApiCall, deadline: Deadline, thrown: unknown): OperatorError {
  if (thrown instanceof OperatorError) return thrown;
  // A parser quotes what it could not parse.
  const cause = call.confidential ? undefined : thrown;
  const fail = (reason: string, message: string): ApiError => new ApiError(call, { reason, message, cause });
  if (deadline.passed) return fail('Timeout', `nothing was heard for ${deadline.milliseconds} ms.`);
  if (deadline.signal.aborted) return fail('Aborted', 'the caller gave up.');
  if (thrown instanceof SyntaxError || thrown instanceof RangeError || thrown instanceof NotAnObjectError)
    return fail('Unreadable', 'the answer is not what an API server says.');
  return fail('Unreachable', `the connection failed (${codeOf(thrown)}).`);
}

async function refusal(call: ApiCall, code: number, { headers, body }: Answer): Promise<ApiError> {
  const text = await body.text();
  const retryAfter = headers['retry-after'];
  const header = typeof retryAfter === 'string' ? retryAfter : undefined;
  return ApiError.refused(call, readStatus(code, jsonOrText(text), header));
}

/** The system's word for a failed connection: `ECONNREFUSED`, `CERT_HAS_EXPIRED`. Several addresses give several. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(codeOf).join(', ');
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
