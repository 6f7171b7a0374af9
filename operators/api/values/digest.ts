import type { z } from 'zod';
import { textSchema, writtenAs } from './text-schema.ts';

const ALLOWED = 'a digest such as sha256: with 64 hexadecimal digits';

/** Schema of a digest with the algorithm that made it: `sha256:` or `sm3:` and 64 hexadecimal digits. */
export function digestSchema(): z.ZodString {
  const schema = textSchema(/^(sha256|sm3):[0-9a-f]{64}$/, ALLOWED, 71).min(68, `use ${ALLOWED}`);
  return writtenAs(schema, 'Digest: algorithm and hexadecimal digits, such as `sha256:9f86…`.');
}
