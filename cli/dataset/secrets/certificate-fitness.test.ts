import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CertificateAuthority,
  type CertificateRequest,
} from '../../../operators/api/certificates/certificate-authority.ts';
import {
  sourceCertificate,
  sourceCertificateRequest,
} from '../../../operators/api/certificates/source-certificate.ts';
import { isFitCertificate } from './certificate-fitness.ts';

const DAY = 86_400_000;
const NOW = Date.now();
const NEED = sourceCertificate('export', { namespace: 'licences', name: 'licences' });
const VALIDITY = { from: NOW - DAY, until: NOW + 365 * DAY };

let authority: CertificateAuthority;
let stranger: CertificateAuthority;

beforeAll(async () => {
  authority = await CertificateAuthority.make('site', NOW - DAY, NOW + 1_000 * DAY);
  stranger = await CertificateAuthority.make('site', NOW - DAY, NOW + 1_000 * DAY);
});

/** A Secret with a certificate that is fit but for what differs. */
async function secret(
  differs: Partial<CertificateRequest> = {},
  by = authority,
): Promise<Record<string, string>> {
  const made = await by.issue({ ...sourceCertificateRequest(NEED, VALIDITY), ...differs });
  return { 'tls.crt': made.certificate, 'tls.key': made.key, 'ca.crt': made.authority };
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
    const below = await authorityBelow();
    const { certificate, key } = await below.issue(sourceCertificateRequest(NEED, VALIDITY));
    const values = { 'tls.key': key, 'ca.crt': authority.certificate };
    expect(isFit({ ...values, 'tls.crt': certificate + below.certificate }, authority.certificate)).toBe(
      true,
    );
    expect(isFit({ ...values, 'tls.crt': certificate })).toBe(false);
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
});

/** An authority that the site's has signed, as an issuer in a cluster has it. */
async function authorityBelow(): Promise<CertificateAuthority> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'zaibei-below-'));
  const file = (name: string): string => path.join(folder, name);
  try {
    writeFileSync(file('ca.crt'), authority.certificate);
    writeFileSync(file('ca.key'), await authority.exportKey());
    const signed = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-subj', '/CN=cluster', '-days', '900'];
    const key = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      file('key'),
    ];
    execFileSync('openssl', ['req', '-x509', ...key, ...signed, '-out', file('crt')], { stdio: 'pipe' });
    return await CertificateAuthority.read(
      readFileSync(file('crt'), 'utf8'),
      readFileSync(file('key'), 'utf8'),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
