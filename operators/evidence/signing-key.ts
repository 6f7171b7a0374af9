import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { type Digest, digestOf } from './digest.ts';
import { EvidenceError } from './evidence-error.ts';

/** Signatures that evidence may carry. SM2 (GB/T 32918) is chosen by giving such a key; nothing uses it by itself. */
export const SIGNATURE_ALGORITHMS = ['ed25519', 'sm2'] as const;

/** Which signature a key makes. */
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** A key that signatures are verified with. */
export interface PublicKey {
  readonly algorithm: SignatureAlgorithm;
  /** Digest of the key in DER (SubjectPublicKeyInfo): who signed, without a register of names. */
  readonly id: Digest;
  readonly key: KeyObject;
}

/** A key that signs. */
export interface PrivateKey extends PublicKey {
  /** The private half; {@link PublicKey.key} is the public one. */
  readonly secret: KeyObject;
}

/** What every SM2 public key in DER begins with, up to the uncompressed point. Node has no name for keys of this type. */
const SM2_PREFIX = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

const REMEDY =
  'use an Ed25519 key (openssl genpkey -algorithm ed25519) or an SM2 key (-algorithm SM2), as PEM';

/** Reads a public key. @throws EvidenceError `ZB-EVD-009` */
export function readPublicKey(pem: string): PublicKey {
  // Node makes the public half of a private key without a word: whoever asks for verification has the wrong file.
  if (pem.includes('PRIVATE KEY')) {
    throw new EvidenceError(
      'ZB-EVD-009',
      `this is a private key, and only its public half belongs here: openssl pkey -pubout`,
    );
  }
  return describe(readPem(() => createPublicKey(pem)));
}

/** Reads a private key without passphrase. @throws EvidenceError `ZB-EVD-009` */
export function readPrivateKey(pem: string): PrivateKey {
  const secret = readPem(() => createPrivateKey(pem));
  return { ...describe(createPublicKey(pem)), secret };
}

/** The point of an SM2 public key: 65 bytes. */
export function pointOf(key: KeyObject): Uint8Array {
  return derOf(key).subarray(SM2_PREFIX.length);
}

/** The number of an SM2 private key: 32 bytes. OpenSSL writes it right in front of the public key's 65 bytes. */
export function scalarOf(secret: KeyObject): Uint8Array {
  const der = secret.export({ format: 'der', type: 'pkcs8' });
  const start = der.indexOf(Buffer.from('0201010420', 'hex')) + 5;
  return der.subarray(start, start + 32);
}

function describe(key: KeyObject): PublicKey {
  const der = derOf(key);
  const id = digestOf(der);
  if (key.asymmetricKeyType === 'ed25519') return { algorithm: 'ed25519', id, key };
  if (der.subarray(0, SM2_PREFIX.length).equals(SM2_PREFIX)) return { algorithm: 'sm2', id, key };
  throw new EvidenceError(
    'ZB-EVD-009',
    `a key of type ${key.asymmetricKeyType ?? 'unknown'} signs no evidence; ${REMEDY}`,
  );
}

function derOf(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' });
}

function readPem(read: () => KeyObject): KeyObject {
  try {
    return read();
  } catch (cause) {
    // The cause may quote the text; of a private key nothing is quoted.
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new EvidenceError('ZB-EVD-009', `this is no key${reason}; ${REMEDY}`);
  }
}
