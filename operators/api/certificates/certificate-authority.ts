import 'reflect-metadata'; // what @peculiar/x509 needs before it
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, webcrypto } from 'node:crypto';

/** Whose certificate it is to be, for what, and for how long. */
export interface CertificateRequest {
  /** CN: who it is. */
  readonly commonName: string;
  readonly usage: readonly ('serverAuth' | 'clientAuth')[];
  /** Addresses of a server. */
  readonly names?: readonly { readonly type: 'dns' | 'ip'; readonly value: string }[];
  /** From when until when, in wall-clock milliseconds; never longer than the authority itself. */
  readonly from: number;
  readonly until: number;
}

/** A certificate with its key and that of its authority, all as PEM: what a Secret `<…>-tls` has. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

/** A certificate and a key are no authority that could sign. The message quotes neither. */
export class UnfitAuthorityError extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options);
    this.name = 'UnfitAuthorityError';
  }
}

/** How an authority signs, as Web Cryptography names it. */
type Signing =
  | { readonly name: 'ECDSA'; readonly namedCurve: string; readonly hash: string }
  | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: string };

/** Algorithm of the keys that are made here. */
const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384' };

/**
 * The authority of a site, while somebody who holds its key signs with it: for databases, exporters, and whoever may reach
 * them. zaibei itself keeps no such key; where an issuer such as cert-manager writes the Secrets, this is not needed.
 */
export class CertificateAuthority {
  /** Its own certificate, as PEM. */
  readonly certificate: string;
  readonly #parsed: X509Certificate;
  readonly #key: webcrypto.CryptoKey;
  readonly #algorithm: Signing;

  private constructor(pem: string, key: webcrypto.CryptoKey, algorithm: Signing) {
    this.certificate = pem;
    this.#parsed = new X509Certificate(pem);
    this.#key = key;
    this.#algorithm = algorithm;
  }

  /** Reads certificate and key, both PEM. @throws UnfitAuthorityError */
  static async read(certificate: string, key: string): Promise<CertificateAuthority> {
    const algorithmAndKey = await readKey(key);
    const authority = readCertificate(certificate);
    if (authority.getExtension(BasicConstraintsExtension)?.ca !== true)
      throw new UnfitAuthorityError('the certificate is not that of an authority (CA:TRUE is missing)');
    const own = createPublicKey(openKey(key)).export({ type: 'spki', format: 'der' });
    if (!own.equals(Buffer.from(authority.publicKey.rawData)))
      throw new UnfitAuthorityError('key and certificate do not belong together');
    return new CertificateAuthority(certificate, algorithmAndKey.key, algorithmAndKey.algorithm);
  }

  /** Makes an authority of its own name, signed by itself: for tests and trials. */
  static async make(commonName: string, from: number, until: number): Promise<CertificateAuthority> {
    const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: serialNumber(),
      name: [{ CN: [commonName] }],
      notBefore: new Date(from),
      notAfter: new Date(until),
      keys,
      signingAlgorithm: P256,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new CertificateAuthority(certificate.toString('pem'), keys.privateKey, P256);
  }

  /** Its key as PEM, of one that was made here; of one that was read, whoever gave it has it. */
  async exportKey(): Promise<string> {
    return pem('PRIVATE KEY', Buffer.from(await webcrypto.subtle.exportKey('pkcs8', this.#key)));
  }

  /** Makes a key (P-256) and signs a certificate for it. */
  async issue({ commonName, usage, names, from, until }: CertificateRequest): Promise<IssuedCertificate> {
    const keys = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
    const end = Math.min(until, this.#parsed.notAfter.getTime());
    const extensions: Extension[] = [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension(usage.map((one) => ExtendedKeyUsage[one])),
      await AuthorityKeyIdentifierExtension.create(this.#parsed.publicKey),
      ...(names === undefined ? [] : [new SubjectAlternativeNameExtension([...names])]),
    ];
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [{ CN: [commonName] }],
      issuer: this.#parsed.subjectName,
      notBefore: new Date(from),
      notAfter: new Date(end),
      publicKey: keys.publicKey,
      signingKey: this.#key,
      signingAlgorithm: this.#algorithm,
      extensions,
    });
    const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
    return {
      certificate: `${certificate.toString('pem')}\n`,
      key: pem('PRIVATE KEY', key),
      authority: this.certificate,
    };
  }
}

function readCertificate(text: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (cause) {
    throw new UnfitAuthorityError('the certificate cannot be read as PEM', { cause });
  }
}

async function readKey(
  text: string,
): Promise<{ readonly key: webcrypto.CryptoKey; readonly algorithm: Signing }> {
  const read = openKey(text);
  const algorithm = algorithmOf(read);
  const der = read.export({ type: 'pkcs8', format: 'der' });
  const key = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
  return { key, algorithm };
}

function openKey(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (cause) {
    throw new UnfitAuthorityError('the key cannot be read: it has to be PEM without a pass phrase', {
      cause,
    });
  }
}

function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): Signing {
  if (asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const namedCurve = CURVES[asymmetricKeyDetails?.namedCurve ?? ''];
  if (asymmetricKeyType === 'ec' && namedCurve !== undefined)
    return { name: 'ECDSA', namedCurve, hash: namedCurve === 'P-384' ? 'SHA-384' : 'SHA-256' };
  throw new UnfitAuthorityError('the key is neither RSA nor P-256 nor P-384');
}

/** Random, positive, 127 bits: no two certificates of an authority may share one. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString('hex');
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
