import type { z } from 'zod';
import { textSchema, writtenAs } from './text-schema.ts';

/** Digests that are made and accepted. SM3 (GB/T 32905-2016) is chosen by configuration, where 密评 asks for it. */
export const DIGEST_ALGORITHMS = ['sha256', 'sm3'] as const;

/** How a digest is written: one form only, lower case, so that digests are compared as texts. */
export const DIGEST_PATTERN = new RegExp(`^(${DIGEST_ALGORITHMS.join('|')}):[0-9a-f]{64}$`);

const ALLOWED = 'a digest such as sha256: with 64 hexadecimal digits';

/** Schema of a digest with the algorithm that made it: `sha256:` or `sm3:` and 64 hexadecimal digits. */
export function digestSchema(): z.ZodString {
  const schema = textSchema(DIGEST_PATTERN, ALLOWED, 71).min(68, `use ${ALLOWED}`);
  return writtenAs(schema, 'Digest: algorithm and hexadecimal digits, such as `sha256:9f86…`.');
}
