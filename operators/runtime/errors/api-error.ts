import { OperatorError, type Retry } from './retry.ts';
import type { ApiStatus } from './api-status.ts';

/** What a call of an API does; also the label `verb` of its metrics. */
export type Verb =
  'get' | 'list' | 'watch' | 'create' | 'apply' | 'apply-status' | 'replace' | 'delete' | 'read';

/** Which call it was, for messages: never what was sent with it. */
export interface ApiCall {
  readonly verb: Verb;
  /** What it was about: `Dataset tenant-a/orders`, `Dataset` of all, or a path. */
  readonly object: string;
  /** Name of the cluster, which is the name of the centre. */
  readonly cluster: string;
  /** What the server says about it is not repeated: it may quote values of a Secret. */
  readonly confidential: boolean;
}

/** What a failed call came to. */
export interface ApiFailure {
  /** HTTP status; undefined where no answer came. */
  readonly status?: number | undefined;
  /** The server's own word where it gave one; else one of {@link FAILURES}. */
  readonly reason: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** Default: false. */
  readonly aboutObject?: boolean | undefined;
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/** Codes of failures by the reason that programs look at, each with what to do about it. */
const FAILURES = {
  BadRequest: {
    code: 'ZB-API-002',
    advice:
      'The operator and the CRDs may be of different versions: deploy the foundation stack of this version.',
  },
  Unauthorized: {
    code: 'ZB-API-003',
    advice: 'Renew the token or the certificate that the operator uses for this cluster.',
  },
  Forbidden: { code: 'ZB-API-004', advice: "Give the operator's role this right: deploy the stacks anew." },
  NotFound: { code: 'ZB-API-005', advice: 'Check that the namespace exists and that the CRDs are deployed.' },
  AlreadyExists: { code: 'ZB-API-006', advice: 'Look at the object that has the name.' },
  Conflict: { code: 'ZB-API-007', advice: 'Another writer was first: it is read anew and tried again.' },
  Expired: { code: 'ZB-API-008', advice: 'The objects are listed anew.' },
  Invalid: {
    code: 'ZB-API-009',
    advice: 'Correct the field that it names in the document this follows from.',
  },
  TooManyRequests: { code: 'ZB-API-010', advice: 'It is tried again when the server asks for it.' },
  Timeout: {
    code: 'ZB-API-011',
    advice: 'It is tried again; look at the load of the API server and the link to it.',
  },
  Unreachable: {
    code: 'ZB-API-012',
    advice: 'It is tried again; check the API server, the link and the certificates.',
  },
  Unreadable: {
    code: 'ZB-API-013',
    advice: 'It is tried again; check what stands between here and the API server.',
  },
  Aborted: { code: 'ZB-API-014', advice: 'Nothing is to be done: the work it belonged to was ended.' },
  InternalError: { code: 'ZB-API-001', advice: "It is tried again; look into the API server's log." },
} as const satisfies Record<string, { code: string; advice: string }>;

/** Reasons that stand for an HTTP status where the server's own word is not one of ours. */
const BY_STATUS: Readonly<Record<number, keyof typeof FAILURES>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
  503: 'TooManyRequests',
  504: 'Timeout',
};

/** Bounds of what a server may ask for, in milliseconds: no spinning, and no silence for hours. */
const RETRY_AFTER = { least: 1_000, most: 300_000 };

/** Longest part of a server's message that is repeated, in characters. */
const LONGEST_MESSAGE = 1_000;

/**
 * A call of an API server that failed: refused, broken off, unanswered in time, or ended by its caller. The message says
 * verb, object, cluster, what happened and what to do.
 *
 * Where the server says when to come back, `retry` is `after`. Everything else is `backoff`, also what a document of ours
 * was refused for (422): the same write may be accepted tomorrow, when a CRD has been upgraded or another object is there,
 * and only the caller knows whether a person's document is to blame, which is what `StalledError` is for.
 */
export class ApiError extends OperatorError {
  /** HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** One word for machines: `Conflict`, `AlreadyExists`, `Expired`, `Timeout`, `Unreachable`, `Aborted`. */
  readonly reason: string;
  /** Whether the server named the object: of what is `NotFound` the object then, and not its kind or the path. */
  readonly aboutObject: boolean;
  readonly call: ApiCall;

  constructor(call: ApiCall, { status, reason, message, aboutObject, retryAfter, cause }: ApiFailure) {
    const { code, advice } = FAILURES[caseOf(reason, status)];
    const what = `${call.verb} ${call.object} in ${call.cluster}`;
    const answer = status === undefined ? reason : `${status} ${reason}`;
    super(code, `${what}: ${answer}: ${message} ${advice}`, retryOf(retryAfter), { cause });
    this.status = status;
    this.reason = reason;
    this.aboutObject = aboutObject ?? false;
    this.call = call;
  }

  /** What the server answered, as an error. @param status its Status object, as far as there is one */
  static refused(call: ApiCall, status: ApiStatus): ApiError {
    const said = status.message.slice(0, LONGEST_MESSAGE).trim();
    return new ApiError(call, {
      status: status.code,
      reason: status.reason ?? BY_STATUS[status.code] ?? 'InternalError',
      message: call.confidential ? 'the server refused it.' : sentence(said),
      aboutObject: status.name !== undefined,
      retryAfter: status.retryAfter,
    });
  }
}

/** Whether it is that failure of an API server: `failedAs(error, 'AlreadyExists')`. */
export function failedAs(error: unknown, reason: string): error is ApiError {
  return error instanceof ApiError && error.reason === reason;
}

function caseOf(reason: string, status: number | undefined): keyof typeof FAILURES {
  if (Object.hasOwn(FAILURES, reason)) return reason as keyof typeof FAILURES; // just looked up
  return (status === undefined ? undefined : BY_STATUS[status]) ?? 'InternalError';
}

function retryOf(retryAfter: number | undefined): Retry {
  if (retryAfter === undefined) return { kind: 'backoff' };
  return { kind: 'after', milliseconds: Math.min(Math.max(retryAfter, RETRY_AFTER.least), RETRY_AFTER.most) };
}

function sentence(text: string): string {
  if (text === '') return 'the server gave no reason.';
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
