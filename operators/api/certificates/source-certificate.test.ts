import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessIdentity } from '../layout/source-access.ts';
import { CertificateAuthority } from './certificate-authority.ts';
import { sourceCertificate, sourceCertificateRequest } from './source-certificate.ts';

const DAY = 86_400_000;
const NOW = Date.now();
const ARCHIVE = { namespace: 'licences', name: 'archive' };

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zaibei-source-'));
  const authority = await CertificateAuthority.make('site', NOW - DAY, NOW + DAY);
  writeFileSync(path.join(folder, 'ca.crt'), authority.certificate);
  for (const access of ['export', 'pull', 'guard'] as const) {
    const request = sourceCertificateRequest(sourceCertificate(access, ARCHIVE), {
      from: NOW - DAY,
      until: NOW + DAY,
    });
    writeFileSync(path.join(folder, access), (await authority.issue(request)).certificate);
  }
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What openssl says of a certificate, for a purpose and of a name. */
function believed(access: string, purpose: 'sslserver' | 'sslclient', name: string): boolean {
  const strictly = ['verify', '-x509_strict', '-CAfile', 'ca.crt', '-purpose', purpose];
  return spawnSync('openssl', [...strictly, '-verify_hostname', name, access], { cwd: folder }).status === 0;
}

describe('the certificate of an access', () => {
  it.each([
    ['export', 'sslserver', 'sslclient'],
    ['pull', 'sslclient', 'sslserver'],
    ['guard', 'sslclient', 'sslserver'],
  ] as const)('%s is believed by its name as %s, and as nothing else', (access, purpose, other) => {
    const name = accessIdentity(access, ARCHIVE);
    expect(believed(access, purpose, name)).toBe(true);
    expect(believed(access, other, name)).toBe(false);
    expect(believed(access, purpose, accessIdentity(access, { ...ARCHIVE, name: 'economy' }))).toBe(false);
  });
});
