import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { SourceCertificate } from '../../../operators/api/certificates/source-certificate.ts';
import { authoritiesEnd, endOf } from './certificate-way.ts';

const DAY = 86_400_000;

/** How long before its end a certificate is replaced, in milliseconds. */
const RENEW_BEFORE = 30 * DAY;

/** As what a certificate may be used, as extended key usage says it; `any` fits all. */
const USAGES = { serverAuth: '1.3.6.1.5.5.7.3.1', clientAuth: '1.3.6.1.5.5.7.3.2' } as const;
const ANY_USAGE = '2.5.29.37.0';

/**
 * Whether a Secret has a certificate by which this one gets in, for a while yet. Whoever it is shown to believes the authority
 * of the site, and it believes its own `ca.crt`: both have to have signed it, by authorities that are good now themselves.
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
    const begun = ({ validFromDate }: X509Certificate): boolean => validFromDate.getTime() <= now;
    const believed = authority === undefined ? [own] : [own, authority];
    const ends = believed.map((roots) =>
      authoritiesEnd(certificate, {
        between: between.filter(begun),
        roots: certificatesIn(roots).filter(begun),
      }),
    );
    return (
      certificate.checkPrivateKey(createPrivateKey(key)) &&
      begun(certificate) &&
      ends.every((end) => end !== undefined && lastsWith(certificate, end, now))
    );
  } catch {
    // What cannot be read as PEM.
    return false;
  }
}

/**
 * When the certificate in a Secret is over, in wall-clock milliseconds: with its own end, or that of an authority by which it is
 * believed. Undefined where its `ca.crt` has not signed it. @throws Error where something is no PEM
 */
export function certificateEnd({
  'tls.crt': chain = '',
  'ca.crt': own = '',
}: Readonly<Record<string, string>>): number | undefined {
  const [certificate, ...between] = certificatesIn(chain);
  if (certificate === undefined) return undefined;
  const above = authoritiesEnd(certificate, { between, roots: certificatesIn(own) });
  return above === undefined ? undefined : Math.min(endOf(certificate), above);
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

/** Whether it lasts: of an authority that ends itself before long, as long as another one by it would, and no longer than it. */
function lastsWith(certificate: X509Certificate, authorityEnd: number, now: number): boolean {
  const wanted = Math.max(0, Math.min(RENEW_BEFORE, authorityEnd - DAY - now));
  return authorityEnd > now && endOf(certificate) - now > wanted;
}
