import { z } from 'zod';

/**
 * Schema of a string with a syntax of its own. One regular expression serves zod and, as `pattern`, the API
 * server; keep it within what JavaScript and RE2 read alike (no look-around, no back references).
 * @param allowed what is allowed, in words, for the refusal
 */
export function textSchema(pattern: RegExp, allowed: string, maxLength: number): z.ZodString {
  return z.string().max(maxLength).regex(pattern, `use ${allowed}`);
}
