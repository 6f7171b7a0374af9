import { z } from 'zod';

/** The key under which a schema says how its text is written, for descriptions: `Duration such as 1h30m.` */
export const SYNTAX_KEYWORD = 'syntax';

/**
 * Schema of text of at most `maxLength` characters. They are counted as the API server counts them, by code point:
 * a rare character of a name such as 𠮷 is one of them, though JavaScript says its length is two.
 */
export function boundedText(maxLength: number): z.ZodString {
  return z
    .string()
    .check(({ value, issues }) => {
      if (value.length <= maxLength || Array.from(value).length <= maxLength) return;
      issues.push({ code: 'too_big', origin: 'string', maximum: maxLength, inclusive: true, input: value });
    })
    .meta({ maxLength });
}

/**
 * Schema of a string with a syntax of its own. One regular expression serves zod and, as `pattern`, the API
 * server; keep it within what JavaScript and RE2 read alike (no look-around, no back references).
 * @param allowed what is allowed, in words, for the refusal
 */
export function textSchema(pattern: RegExp, allowed: string, maxLength: number): z.ZodString {
  return boundedText(maxLength).regex(pattern, `use ${allowed}`);
}

/** Has the description of every field of this schema end with how its value is written. */
export function writtenAs<T extends z.ZodType>(schema: T, syntax: string): T {
  return schema.meta({ [SYNTAX_KEYWORD]: syntax });
}
