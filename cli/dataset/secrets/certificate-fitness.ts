import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { SourceCertificate } from '../../../operators/api/certificates/source-certificate.ts';

const DAY = 86_400_000;

/** How long before its end a certificate is replaced, in milliseconds. */
const RENEW_BEFORE = 30 * DAY;

/** As what a certificate may be used, as extended key usage says it; `any` fits all. */
const USAGES = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;
const ANY_USAGE = '2.5.29.37.0';

/**
 * Whether a Secret has a certificate by which this one gets in, for a while yet. Whoever it is shown to believes the authority
 * of the site, and it believes its own `ca.crt`: both have to have signed it.
 * @param values of the Secret @param authority of the site, PEM; undefined: only the `ca.crt` is known
 * @param now in wall-clock milliseconds
 */
export function isFitCertificate(
  values: Readonly<Record<string, string>>,
  { commonName, usage }: SourceCertificate,
  authority: string | undefined,
  now: number,
): boolean {
  const { 'tls.crt': chain = '', 'tls.key': key = '', 'ca.crt': own = '' } = values;
  try {
    const [certificate, ...between] = certificatesIn(chain);
    if (certificate === undefined || !isOf(certificate, commonName) || !isFor(certificate, usage))
      return false;
    const believed = authority === undefined ? [own] : [own, authority];
    const signers = believed.map((roots) => signerOf(certificate, between, certificatesIn(roots)));
    return (
      certificate.checkPrivateKey(createPrivateKey(key)) &&
      signers.every((signer) => signer !== undefined && lastsWith(certificate, signer, now))
    );
  } catch {
    // What cannot be read as PEM.
    return false;
  }
}

/** All certificates of a text of PEM. @throws Error where one is none */
export function certificatesIn(text: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}

function isOf(certificate: X509Certificate, commonName: string): boolean {
  const names = certificate.subject.split('\n');
  return names.includes(`CN=${commonName}`) && certificate.checkHost(commonName) !== undefined;
}

function isFor(certificate: X509Certificate, usage: SourceCertificate['usage']): boolean {
  // Undefined, whatever its type says, of a certificate without the extension: that is good for everything.
  const usages = certificate.keyUsage as readonly string[] | undefined;
  return usages === undefined || usages.includes(USAGES[usage]) || usages.includes(ANY_USAGE);
}

/** Which of the roots the certificate leads to, by way of those between. */
function signerOf(
  certificate: X509Certificate,
  between: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): X509Certificate | undefined {
  const signed = (one: X509Certificate): boolean => certificate.verify(one.publicKey);
  const next = between.find(signed);
  const further = between.filter((one) => one !== next);
  return roots.find(signed) ?? (next === undefined ? undefined : signerOf(next, further, roots));
}

/** Whether it lasts: of an authority that ends itself before long, as long as another one by it would. */
function lastsWith(certificate: X509Certificate, signer: X509Certificate, now: number): boolean {
  const left = (one: X509Certificate): number => one.validToDate.getTime() - now;
  const wanted = Math.max(0, Math.min(RENEW_BEFORE, left(signer) - DAY));
  return certificate.validFromDate.getTime() <= now && left(certificate) > wanted;
}
