import { generateKeyPairSync } from 'node:crypto';
import { readPrivateKey, type PrivateKey, type SignatureAlgorithm } from '../signing-key.ts';

/** PEM of a fresh private key. */
export function makePrivatePem(algorithm: SignatureAlgorithm): string {
  const { privateKey } =
    algorithm === 'sm2' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** A fresh private key. */
export function makePrivateKey(algorithm: SignatureAlgorithm): PrivateKey {
  return readPrivateKey(makePrivatePem(algorithm));
}
