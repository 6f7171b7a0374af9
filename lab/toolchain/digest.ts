import { createHash } from 'node:crypto';

/** SHA-256 in hex over a list of texts; the list's bounds count, so `['ab']` and `['a', 'b']` differ. */
export function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}

/** The first twelve digits of {@link digestOf}: long enough for the name of a folder in the cache. */
export function cacheKey(texts: readonly string[]): string {
  return digestOf(texts).slice(0, 12);
}
