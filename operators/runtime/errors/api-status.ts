import { z } from 'zod';

/** What an API server says when it refuses, as far as it can be read: proxies answer in their own way. */
export interface ApiStatus {
  /** HTTP status. */
  readonly code: number;
  /** One word: `Conflict`. Absent where the answer is not an API server's. */
  readonly reason?: string | undefined;
  readonly message: string;
  /** Name of the object that it is about. Absent for a path that is not served at all. */
  readonly name?: string | undefined;
  /** How long to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

const statusSchema = z.object({
  kind: z.literal('Status'),
  code: z.int().optional(),
  reason: z.string().min(1).optional(),
  message: z.string().default(''),
  details: z
    .object({ name: z.string().optional(), retryAfterSeconds: z.number().nonnegative().optional() })
    .default({}),
});

/**
 * Reads the body of a refusal, or the object of a watch's ERROR event.
 * @param code HTTP status of the answer; the Status object's own goes first, because a watch has answered 200 by then
 * @param body the parsed body, or its text where it is not JSON
 * @param retryAfter the header `Retry-After`, of which only the form in seconds is used by API servers
 */
export function readStatus(code: number, body: unknown, retryAfter?: string): ApiStatus {
  const header = /^\d+$/.test(retryAfter ?? '') ? Number(retryAfter) * 1_000 : undefined;
  const parsed = statusSchema.safeParse(body);
  if (!parsed.success) return { code, message: typeof body === 'string' ? body : '', retryAfter: header };
  const { details, reason, message } = parsed.data;
  const seconds = details.retryAfterSeconds;
  return {
    code: parsed.data.code ?? code,
    reason,
    message,
    name: details.name,
    retryAfter: header ?? (seconds === undefined ? undefined : seconds * 1_000),
  };
}
