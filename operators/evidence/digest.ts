import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DIGEST_ALGORITHMS, DIGEST_PATTERN } from '../api/values/digest.ts';
import { EvidenceError } from './evidence-error.ts';

/** Name of a digest, as it stands in front of it. */
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

/** A digest with its algorithm: `sha256:<64 hexadecimal digits>`. */
export type Digest = `${DigestAlgorithm}:${string}`;

const isDigest = (text: string): text is Digest => DIGEST_PATTERN.test(text);

/** Schema of a digest; one form only, lower case, so that digests are compared as texts. */
export function digestSchema(): z.ZodType<Digest> {
  return z.custom<Digest>((value) => typeof value === 'string' && isDigest(value), {
    error: `use a digest such as sha256:<64 digits of 0-9 and a-f>, of ${DIGEST_ALGORITHMS.join(' or ')}`,
  });
}

/** The digest of bytes, or of a text as UTF-8. */
export function digestOf(content: Uint8Array | string, algorithm: DigestAlgorithm = 'sha256'): Digest {
  return `${algorithm}:${createHash(algorithm).update(content).digest('hex')}`;
}

/** Reads a digest. @throws EvidenceError `ZB-EVD-008` */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) {
    throw new EvidenceError(
      'ZB-EVD-008',
      `"${text}" is no digest: use ${DIGEST_ALGORITHMS.map((name) => `${name}:`).join(' or ')} and 64 digits of 0-9 and a-f`,
    );
  }
  return text;
}

/** The algorithm that a digest was made with. */
export function algorithmOf(digest: Digest): DigestAlgorithm {
  const algorithm = DIGEST_ALGORITHMS.find((name) => digest.startsWith(`${name}:`));
  if (algorithm === undefined) throw new RangeError(`${digest} names no algorithm that makes digests`);
  return algorithm;
}

/** Whether content has a digest, by the algorithm that the digest names. */
export function hasDigest(content: Uint8Array | string, digest: Digest): boolean {
  return digestOf(content, algorithmOf(digest)) === digest;
}
