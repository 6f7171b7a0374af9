import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signValue, verifyValue } from './signature.ts';
import { readPrivateKey, readPublicKey, SIGNATURE_ALGORITHMS } from './signing-key.ts';
import { makePrivateKey, makePrivatePem } from './testing/signing-keys.ts';

const VALUE = { centre: 'production', sequence: 7 };

describe.each(SIGNATURE_ALGORITHMS)('a signature by %s', (algorithm) => {
  const key = makePrivateKey(algorithm);

  it('names algorithm and key, and is of the value however its members are ordered', () => {
    const signature = signValue(VALUE, key);
    expect(signature).toMatchObject({ algorithm, keyId: key.id });
    expect(verifyValue({ sequence: 7, centre: 'production' }, signature, key)).toBe(true);
  });

  it('is of no other value, and by no other key', () => {
    const signature = signValue(VALUE, key);
    const other = makePrivateKey(algorithm);
    expect(verifyValue({ ...VALUE, sequence: 8 }, signature, key)).toBe(false);
    expect(verifyValue(VALUE, signature, other)).toBe(false);
    expect(verifyValue(VALUE, { ...signature, keyId: other.id }, other)).toBe(false);
  });

  it('is broken by a change of any byte', () => {
    const signature = signValue(VALUE, key);
    const bytes = Buffer.from(signature.value, 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      expect(verifyValue(VALUE, { ...signature, value: changed.toString('base64') }, key)).toBe(false);
    }
    expect(verifyValue(VALUE, { ...signature, value: 'AA==' }, key)).toBe(false);
  });

  it('is verified with the public half alone, which has the same id', () => {
    const publicKey = readPublicKey(key.key.export({ format: 'pem', type: 'spki' }).toString());
    expect(publicKey.id).toBe(key.id);
    expect(verifyValue(VALUE, signValue(VALUE, key), publicKey)).toBe(true);
  });
});

describe('a key', () => {
  it.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey],
    ['P-256', () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey],
  ])('of %s is refused, with what to use instead', (_, make) => {
    const pem = make().export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(() => readPrivateKey(pem)).toThrow(/^ZB-EVD-009 .* use an Ed25519 key \(openssl genpkey/);
  });

  it('that cannot be read is refused without a word of it', () => {
    const damaged = makePrivatePem('ed25519').replace('MC4C', 'CANARY');
    expect(() => readPrivateKey(damaged)).toThrow(/^ZB-EVD-009 this is no key/);
    expect(() => readPrivateKey(damaged)).not.toThrow('CANARY');
  });

  it('for verification is refused when it is the private one', () => {
    expect(() => readPublicKey(makePrivatePem('sm2'))).toThrow(/only its public half belongs here/);
  });
});
