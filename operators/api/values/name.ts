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

/** The blanks that people type: the plain one, and the wide one of Chinese input. */
const BLANKS = ' \u3000';
const ENDS = `[^\\n\\r\\t${BLANKS}]`;
const LINE = new RegExp(`^${ENDS}([^\\n\\r\\t]*${ENDS})?$`);

/** Schema of a display name or another short line of free text, Chinese or English; no blank comes first or last. */
export function lineSchema(maxLength = 120): z.ZodString {
  return textSchema(LINE, 'one line of text, without blanks before and behind', maxLength).min(1);
}
