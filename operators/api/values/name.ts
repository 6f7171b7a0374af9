import type { z } from 'zod';
import { textSchema } from './text-schema.ts';

const PATTERN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Schema of a name that may become a namespace or a label value: an RFC 1123 label. */
export function nameSchema(maxLength = 63): z.ZodString {
  return textSchema(
    PATTERN,
    'lower-case letters, digits and "-", with a letter or digit first and last',
    maxLength,
  ).min(1);
}

/** Schema of a display name or another short line of free text, Chinese or English. */
export function lineSchema(maxLength = 120): z.ZodString {
  return textSchema(/^[^\n\r\t]*$/, 'one line of text', maxLength).min(1);
}
