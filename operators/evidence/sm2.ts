import { createHash, randomBytes } from 'node:crypto';
import { mod } from '@noble/curves/abstract/modular.js';
import { DER, weierstrass } from '@noble/curves/abstract/weierstrass.js';

/*
 * SM2 signatures (GB/T 32918.2-2016), with SM3 and a signer's id. Node's OpenSSL signs with SM2 keys too, but always with an
 * empty id, so that nobody who follows GM/T 0009 can verify it; and it takes no digest that was made elsewhere.
 * The curve's arithmetic is a library's; what stands here are the standard's few lines around it. It does not run in
 * constant time: it is for signing a head now and then in a process that strangers do not share, not for a signing service.
 */

/** The id that GM/T 0009 prescribes where none is agreed on. OpenSSL: `-sigopt distid:1234567812345678`. */
export const SM2_DEFAULT_ID = '1234567812345678';

const Point = weierstrass({
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
});
const { n, a, b, Gx, Gy } = Point.CURVE();

/**
 * Signs a message.
 * @param secret 32 bytes
 * @returns the signature as DER, as OpenSSL writes it
 */
export function signSm2(message: Uint8Array, secret: Uint8Array, id = SM2_DEFAULT_ID): Uint8Array {
  const d = Point.Fn.fromBytes(secret);
  const e = digestNumber(message, Point.BASE.multiply(d).toBytes(false), id);
  for (;;) {
    const k = randomScalar();
    const r = mod(e + Point.BASE.multiply(k).x, n);
    if (r === 0n || r + k === n) continue;
    const s = Point.Fn.mul(Point.Fn.inv(mod(1n + d, n)), mod(k - r * d, n));
    if (s !== 0n) return Buffer.from(DER.hexFromSig({ r, s }), 'hex');
  }
}

/**
 * Whether a signature is one of a message. What is no strict DER is none.
 * @param publicPoint 65 bytes: 4, x, y
 */
export function verifySm2(
  message: Uint8Array,
  signature: Uint8Array,
  publicPoint: Uint8Array,
  id = SM2_DEFAULT_ID,
): boolean {
  const parsed = readSignature(signature);
  if (parsed === undefined) return false;
  const { r, s } = parsed;
  if (r <= 0n || r >= n || s <= 0n || s >= n) return false;
  const t = mod(r + s, n);
  if (t === 0n) return false;
  const point = Point.BASE.multiply(s).add(Point.fromBytes(publicPoint).multiply(t));
  return !point.is0() && mod(digestNumber(message, publicPoint, id) + point.x, n) === r;
}

function readSignature(signature: Uint8Array): { r: bigint; s: bigint } | undefined {
  try {
    return DER.toSig(signature);
  } catch {
    return undefined;
  }
}

/** SM3 of the message behind SM3 of who signs (id, curve and key), as a number. */
function digestNumber(message: Uint8Array, publicPoint: Uint8Array, id: string): bigint {
  const name = Buffer.from(id);
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(name.length * 8);
  const signer = createHash('sm3').update(bits).update(name);
  for (const parameter of [a, b, Gx, Gy]) signer.update(Point.Fp.toBytes(parameter));
  signer.update(publicPoint.subarray(1));
  return BigInt(`0x${createHash('sm3').update(signer.digest()).update(message).digest('hex')}`);
}

/** From 1 to n − 1. 64 bits more than n has make the remainder's bias too small to matter. */
function randomScalar(): bigint {
  return mod(BigInt(`0x${randomBytes(40).toString('hex')}`), n - 1n) + 1n;
}
