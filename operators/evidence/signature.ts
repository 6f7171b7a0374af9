import { sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { digestSchema } from './digest.ts';
import { pointOf, type PrivateKey, type PublicKey, scalarOf, SIGNATURE_ALGORITHMS } from './signing-key.ts';
import { signSm2, verifySm2 } from './sm2.ts';

/** Shape of a signature that stands beside what it signs. */
export const signatureSchema = z.strictObject({
  algorithm: z.enum(SIGNATURE_ALGORITHMS),
  /** Digest of the signer's public key in DER. */
  keyId: digestSchema(),
  /** Base64: of Ed25519 the 64 bytes of RFC 8032, of SM2 the DER of r and s. */
  value: z.base64().min(1),
});

/** A detached signature. */
export type Signature = Readonly<z.infer<typeof signatureSchema>>;

/** Signs the canonical JSON of a value. @throws EvidenceError `ZB-EVD-001` */
export function signValue(value: unknown, key: PrivateKey): Signature {
  const message = Buffer.from(canonicalJson(value));
  const bytes =
    key.algorithm === 'sm2' ? signSm2(message, scalarOf(key.secret)) : signBytes(null, message, key.secret);
  return { algorithm: key.algorithm, keyId: key.id, value: Buffer.from(bytes).toString('base64') };
}

/** Whether a signature is this key's over this value. @throws EvidenceError `ZB-EVD-001` */
export function verifyValue(value: unknown, signature: Signature, key: PublicKey): boolean {
  if (signature.keyId !== key.id || signature.algorithm !== key.algorithm) return false;
  const message = Buffer.from(canonicalJson(value));
  const bytes = Buffer.from(signature.value, 'base64');
  return key.algorithm === 'sm2'
    ? verifySm2(message, bytes, pointOf(key.key))
    : verifyBytes(null, message, key.key, bytes);
}
