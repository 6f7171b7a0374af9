import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CertificateAuthority } from './certificate-authority.ts';

const DAY = 86_400_000;
const NOW = Date.now();

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zaibei-authority-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** An authority as an administrator makes one. */
function byOpenssl(...key: string[]): { certificate: string; key: string } {
  const files = { certificate: path.join(folder, 'ca.crt'), key: path.join(folder, 'ca.key') };
  const made = [
    '-subj',
    '/CN=site',
    '-days',
    '30',
    '-nodes',
    '-keyout',
    files.key,
    '-out',
    files.certificate,
  ];
  const usage = ['-addext', 'keyUsage = critical, keyCertSign'];
  execFileSync('openssl', ['req', '-x509', '-newkey', ...key, ...made, ...usage], { stdio: 'pipe' });
  return { certificate: readFileSync(files.certificate, 'utf8'), key: readFileSync(files.key, 'utf8') };
}

const EC = ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const client = { commonName: 'zb-guard-0123456789', usage: ['clientAuth'], from: NOW - DAY } as const;

describe('an authority', () => {
  it.each([EC, ['ec', '-pkeyopt', 'ec_paramgen_curve:secp384r1'], ['rsa:2048']])(
    'that openssl made with %s signs certificates that openssl believes',
    async (...key) => {
      const { certificate, key: own } = byOpenssl(...key);
      const authority = await CertificateAuthority.read(certificate, own);
      const issued = await authority.issue({ ...client, until: NOW + DAY });
      writeFileSync(path.join(folder, 'client.crt'), issued.certificate);
      const verify = ['verify', '-CAfile', 'ca.crt', '-purpose', 'sslclient', '-x509_strict', 'client.crt'];
      const told = execFileSync('openssl', verify, { cwd: folder, encoding: 'utf8' });
      expect(told).toContain('client.crt: OK');
      expect(new X509Certificate(issued.certificate).subject).toBe('CN=zb-guard-0123456789');
    },
  );

  it('signs nothing that outlives it', async () => {
    const authority = await CertificateAuthority.make('site', NOW - DAY, NOW + DAY);
    const { certificate } = await authority.issue({ ...client, until: NOW + 1_000 * DAY });
    expect(new X509Certificate(certificate).validToDate.getTime()).toBeLessThanOrEqual(NOW + DAY);
  });

  it('is refused where key and certificate are of two, or are none, without quoting either', async () => {
    const [one, other] = [byOpenssl(...EC), byOpenssl(...EC)];
    await expect(CertificateAuthority.read(one.certificate, other.key)).rejects.toThrow('belong together');
    await expect(CertificateAuthority.read(one.certificate, 'canary')).rejects.toThrow(
      /without a pass phrase$/,
    );
    await expect(CertificateAuthority.read('canary', one.key)).rejects.toThrow(/cannot be read as PEM$/);
    const authority = await CertificateAuthority.read(one.certificate, one.key);
    const { certificate, key } = await authority.issue({ ...client, until: NOW + DAY });
    await expect(CertificateAuthority.read(certificate, key)).rejects.toThrow('CA:TRUE');
  });
});
