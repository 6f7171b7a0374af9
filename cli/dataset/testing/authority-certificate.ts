import 'reflect-metadata'; // what @peculiar/x509 needs before it
import { BasicConstraintsExtension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509';
import { createPrivateKey, webcrypto } from 'node:crypto';
import type { CertificateAuthority } from '../../../operators/api/certificates/certificate-authority.ts';

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** How a certificate of an authority is. */
interface AuthorityTerms {
  /** From when until when, in wall-clock milliseconds. */
  readonly from: number;
  readonly until: number;
  /** Whether it may sign others. Default: yes. */
  readonly ca?: boolean;
}

/**
 * Another certificate for the name and key of an authority, PEM: signed by itself as one that is renewed, or by another that
 * stands above it, as an issuer in a cluster has it.
 */
export async function authorityCertificate(
  authority: CertificateAuthority,
  by: CertificateAuthority,
  { from, until, ca = true }: AuthorityTerms,
): Promise<string> {
  const own = new X509Certificate(authority.certificate);
  const made = await X509CertificateGenerator.create({
    serialNumber: '4d',
    subject: own.subjectName,
    issuer: new X509Certificate(by.certificate).subjectName,
    notBefore: new Date(from),
    notAfter: new Date(until),
    publicKey: own.publicKey,
    signingKey: await keyOf(by),
    signingAlgorithm: P256,
    extensions: [new BasicConstraintsExtension(ca, undefined, true)],
  });
  return `${made.toString('pem')}\n`;
}

async function keyOf(authority: CertificateAuthority): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(await authority.exportKey()).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, P256, false, ['sign']);
}
