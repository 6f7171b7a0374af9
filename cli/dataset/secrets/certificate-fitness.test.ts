import { beforeAll, describe, expect, it } from 'vitest';
import {
  CertificateAuthority,
  type CertificateRequest,
} from '../../../operators/api/certificates/certificate-authority.ts';
import {
  sourceCertificate,
  sourceCertificateRequest,
} from '../../../operators/api/certificates/source-certificate.ts';
import { authorityCertificate } from '../testing/authority-certificate.ts';
import { certificateEnd, isFitCertificate } from './certificate-fitness.ts';

const DAY = 86_400_000;
const NOW = Date.now();
const NEED = sourceCertificate('export', { namespace: 'licences', name: 'licences' });
const LASTS = { from: NOW - DAY, until: NOW + 900 * DAY };
const VALIDITY = { from: NOW - DAY, until: NOW + 365 * DAY };

let authority: CertificateAuthority;
let stranger: CertificateAuthority;
/** As an issuer in a cluster has it, once the site's has signed it. */
let below: CertificateAuthority;

beforeAll(async () => {
  authority = await CertificateAuthority.make('site', NOW - DAY, NOW + 1_000 * DAY);
  stranger = await CertificateAuthority.make('site', NOW - DAY, NOW + 1_000 * DAY);
  below = await CertificateAuthority.make('cluster', NOW - DAY, NOW + 1_000 * DAY);
});

/** A Secret with a certificate that is fit but for what differs. */
async function secret(
  differs: Partial<CertificateRequest> = {},
  by = authority,
): Promise<Record<string, string>> {
  const made = await by.issue({ ...sourceCertificateRequest(NEED, VALIDITY), ...differs });
  return { 'tls.crt': made.certificate, 'tls.key': made.key, 'ca.crt': made.authority };
}

/** A Secret with a certificate by the authority below, and the certificate of that as it is stated. */
async function secretBelow(
  terms: Parameters<typeof authorityCertificate>[2],
): Promise<Record<string, string>> {
  const made = await secret({}, below);
  const between = await authorityCertificate(below, authority, terms);
  return { ...made, 'tls.crt': (made['tls.crt'] ?? '') + between, 'ca.crt': authority.certificate };
}

const isFit = (values: Readonly<Record<string, string>>, known?: string): boolean =>
  isFitCertificate(values, NEED, known, NOW);

describe('a certificate of a source', () => {
  it('is fit as it is made here, whether the authority is at hand or not', async () => {
    const values = await secret();
    expect(isFit(values)).toBe(true);
    expect(isFit(values, authority.certificate)).toBe(true);
  });

  it('is fit with its name as common name alone, for both sides, among several authorities', async () => {
    const { commonName } = NEED;
    const made = await authority.issue({ commonName, usage: ['serverAuth', 'clientAuth'], ...VALIDITY });
    const bundle = stranger.certificate + '\n' + authority.certificate;
    expect(isFit({ 'tls.crt': made.certificate, 'tls.key': made.key, 'ca.crt': bundle })).toBe(true);
  });

  it.each<[string, Partial<CertificateRequest>]>([
    ['of another dataset', { commonName: 'zb-export-0123456789' }],
    ['under another DNS name', { names: [{ type: 'dns', value: 'licences.example' }] }],
    ['for the other side', { usage: ['clientAuth'] }],
    ['that ends within the month', { until: NOW + 20 * DAY }],
    ['that is over', { until: NOW - 3_600_000 }],
    ['that is not good yet', { from: NOW + DAY }],
  ])('is unfit %s', async (_what, differs) => {
    expect(isFit(await secret(differs))).toBe(false);
  });

  it('is unfit by another authority than that of the site, or than the one beside it', async () => {
    const values = await secret({}, stranger);
    expect(isFit(values)).toBe(true);
    expect(isFit(values, authority.certificate)).toBe(false);
    expect(isFit({ ...(await secret()), 'ca.crt': stranger.certificate }, authority.certificate)).toBe(false);
  });

  it('is fit by an authority below that of the site, with which it came, and not without that', async () => {
    expect(isFit(await secretBelow(LASTS), authority.certificate)).toBe(true);
    expect(
      isFit({ ...(await secretBelow(LASTS)), 'tls.crt': (await secret({}, below))['tls.crt'] ?? '' }),
    ).toBe(false);
  });

  it.each([
    ['has ended', { from: NOW - 30 * DAY, until: NOW - DAY }],
    ['is not good yet', { from: NOW + DAY, until: NOW + 900 * DAY }],
    ['is none: it may not sign', { from: NOW - DAY, until: NOW + 900 * DAY, ca: false }],
  ])('is unfit by an authority in between that %s', async (_what, terms) => {
    expect(isFit(await secretBelow(terms))).toBe(false);
  });

  it('is fit by the one of two authorities in between that is good', async () => {
    const values = await secretBelow({ from: NOW - 30 * DAY, until: NOW - DAY });
    const good = await authorityCertificate(below, authority, LASTS);
    expect(isFit({ ...values, 'tls.crt': (values['tls.crt'] ?? '') + good })).toBe(true);
  });

  it.each([
    ['has ended', { from: NOW - 30 * DAY, until: NOW - DAY }],
    ['is not good yet', { from: NOW + DAY, until: NOW + 900 * DAY }],
    ['may not sign', { from: NOW - DAY, until: NOW + 900 * DAY, ca: false }],
  ])('is unfit where the authority of the site, or the one beside it, %s', async (_what, terms) => {
    const values = await secret();
    const other = await authorityCertificate(authority, authority, terms);
    expect(isFit({ ...values, 'ca.crt': other })).toBe(false);
    expect(isFit({ ...values, 'ca.crt': other }, authority.certificate)).toBe(false);
    expect(isFit(values, other)).toBe(false);
    // While one authority takes the place of another, both stand there.
    expect(isFit({ ...values, 'ca.crt': other + authority.certificate })).toBe(true);
  });

  it('is unfit with another key, without something, or as something else', async () => {
    const [one, other] = [await secret(), await secret()];
    expect(isFit({ ...one, 'tls.key': other['tls.key'] ?? '' })).toBe(false);
    for (const key of ['tls.crt', 'tls.key', 'ca.crt']) {
      expect(isFit(Object.fromEntries(Object.entries(one).filter(([name]) => name !== key)))).toBe(false);
      expect(isFit({ ...one, [key]: 'no PEM' })).toBe(false);
    }
  });

  it('of an authority that ends soon itself is fit as long as another one would be, and no longer', async () => {
    const ending = await CertificateAuthority.make('site', NOW - 3 * DAY, NOW + 10 * DAY);
    const values = await secret({}, ending);
    expect(isFitCertificate(values, NEED, undefined, NOW)).toBe(true);
    expect(isFitCertificate(values, NEED, undefined, NOW + 11 * DAY)).toBe(false);
  });

  it('is over with its own end, or with that of an authority by which it is believed', async () => {
    const at = (end: number): number => Math.floor(end / 1_000) * 1_000;
    const soon = NOW + 5 * DAY;
    const ending = await authorityCertificate(authority, authority, { from: NOW - DAY, until: soon });
    expect(certificateEnd(await secret())).toBe(at(VALIDITY.until));
    expect(certificateEnd({ ...(await secret()), 'ca.crt': ending })).toBe(at(soon));
    expect(certificateEnd({ ...(await secret()), 'ca.crt': ending + authority.certificate })).toBe(
      at(VALIDITY.until),
    );
    expect(certificateEnd(await secretBelow({ from: NOW - DAY, until: soon }))).toBe(at(soon));
    expect(certificateEnd({ ...(await secret()), 'ca.crt': stranger.certificate })).toBeUndefined();
    expect(certificateEnd({ 'tls.crt': (await secret())['tls.crt'] ?? '' })).toBeUndefined();
  });
});
