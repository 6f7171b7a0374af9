import type { X509Certificate } from 'node:crypto';

/** Authorities between a certificate and its root that are looked at: nobody has more, and the ways grow with their factorial. */
const MOST_BETWEEN = 4;

/** Authorities by which a certificate may be believed. */
export interface Authorities {
  /** Those that came with it, in any order. */
  readonly between: readonly X509Certificate[];
  /** Those that are believed by themselves. */
  readonly roots: readonly X509Certificate[];
}

/**
 * Until when the authorities above a certificate last, in wall-clock milliseconds: on each way to a root that is the end of the
 * first of them, and of several ways the one counts that lasts longest. Undefined where no way of authorities leads to a root:
 * a certificate without `CA:TRUE` signs nothing that anybody believes.
 */
export function authoritiesEnd(
  certificate: X509Certificate,
  { between, roots }: Authorities,
): number | undefined {
  const isAuthority = ({ ca }: X509Certificate): boolean => ca;
  const near = between.filter(isAuthority).slice(0, MOST_BETWEEN);
  return endAbove(certificate, { between: near, roots: roots.filter(isAuthority) });
}

/** When a certificate ends, in wall-clock milliseconds. */
export function endOf({ validToDate }: X509Certificate): number {
  return validToDate.getTime();
}

function endAbove(certificate: X509Certificate, { between, roots }: Authorities): number | undefined {
  // By name and use of the key, and by the signature itself.
  const signed = (by: X509Certificate): boolean =>
    certificate.checkIssued(by) && certificate.verify(by.publicKey);
  const ends = [
    ...roots.filter(signed).map(endOf),
    ...between.filter(signed).flatMap((next) => {
      const above = endAbove(next, { between: between.filter((one) => one !== next), roots });
      return above === undefined ? [] : Math.min(endOf(next), above);
    }),
  ];
  return ends.length === 0 ? undefined : Math.max(...ends);
}
