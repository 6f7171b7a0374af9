import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { certificateSecret } from './certificate-secret.ts';
import { SiteAuthority } from './site-authority.ts';

let directory: string;
let authority: SiteAuthority;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'lab-authority-'));
  authority = await SiteAuthority.open({ name: 'lab', directory });
});
afterEach(() => rm(directory, { recursive: true }));

const database = {
  commonName: 'population-db',
  usage: ['serverAuth'],
  names: ['IP:10.90.0.1', 'IP:10.90.0.2', 'DNS:population-db.population.svc'],
} as const;

describe('the authority of a site', () => {
  test('signs servers by the addresses at which they are reached, in every centre', async () => {
    const issued = new X509Certificate((await authority.issue(database)).certificate);
    expect(issued.verify(new X509Certificate(await authority.certificate()).publicKey)).toBe(true);
    expect(issued.checkIP('10.90.0.2')).toBe('10.90.0.2');
    expect(issued.checkHost('population-db.population.svc')).toBeDefined();
    expect(issued.checkIP('10.90.0.3')).toBeUndefined();
    expect(issued.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(issued.ca).toBe(false);
  });

  test('signs clients by their name, which is all that they are known by', async () => {
    const { certificate, key } = await authority.issue({
      commonName: 'zb-guard-0123456789',
      usage: ['clientAuth'],
    });
    const issued = new X509Certificate(certificate);
    expect(issued.subject).toBe('CN=zb-guard-0123456789');
    expect(issued.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(key).toContain('PRIVATE KEY');
  });

  test('issues certificates that are good at once, and on request ones whose time is over', async () => {
    const [good, over] = await Promise.all([authority.issue(database), authority.issueExpired(database)]);
    const { validFromDate, validToDate } = new X509Certificate(good.certificate);
    expect(validFromDate.getTime()).toBeLessThan(Date.now());
    expect(validToDate.getTime()).toBeGreaterThan(Date.now());
    expect(new X509Certificate(over.certificate).validToDate.getTime()).toBeLessThan(Date.now());
  });

  test('keeps a certificate by name until another subject is asked for', async () => {
    const first = await authority.keep('population-db', database);
    const later = await SiteAuthority.open({ name: 'lab', directory });
    expect((await later.keep('population-db', database)).certificate).toBe(first.certificate);
    const moved = await later.keep('population-db', { ...database, names: ['IP:10.92.0.1'] });
    expect(new X509Certificate(moved.certificate).subjectAltName).toBe('IP Address:10.92.0.1');
  });

  test('is there once, and for root alone', async () => {
    const before = await authority.certificate();
    await authority.keep('population-db', database);
    const again = await SiteAuthority.open({ name: 'lab', directory });
    expect(await again.certificate()).toBe(before);
    const folder = path.join(directory, 'authority');
    expect((await readdir(folder)).sort()).toEqual(['ca.crt', 'ca.key', 'population-db.json']);
    expect((await stat(folder)).mode & 0o077).toBe(0);
    for (const file of ['ca.key', 'population-db.json'])
      expect((await stat(path.join(folder, file))).mode & 0o077, file).toBe(0);
  });

  test('hands a certificate over in the layout of cert-manager', async () => {
    const issued = await authority.issue(database);
    expect(certificateSecret('population', 'population-db-tls', issued)).toMatchObject({
      type: 'kubernetes.io/tls',
      metadata: { namespace: 'population', name: 'population-db-tls' },
      stringData: {
        'tls.crt': issued.certificate,
        'tls.key': issued.key,
        'ca.crt': await authority.certificate(),
      },
    });
  });
});
