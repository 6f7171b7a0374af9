import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PreparedSite } from '../../cli/dataset/testing/prepared-site.ts';
import { EXIT_CODES } from '../../cli/exit-code.ts';
import { DATASET, ExporterRig } from '../../movers/exporter/testing/exporter-rig.ts';
import type { IssuedCertificate } from '../../operators/api/certificates/certificate-authority.ts';

/** A real exporter, and a site that has the same authority. */
let rig: ExporterRig;
let site: PreparedSite;

beforeAll(async () => {
  rig = await ExporterRig.open();
  const authority = { certificate: rig.authority.certificate, key: await rig.authority.exportKey() };
  site = await PreparedSite.open(authority, DATASET.namespace);
  writeFileSync(path.join(rig.volume, '证照'), '中文');
}, 60_000);
afterAll(async () => {
  await site[Symbol.asyncDispose]();
  await rig[Symbol.asyncDispose]();
});

/** What stands in a Secret, as it is mounted. */
function mounted(centre: string, name: string, namespace?: string): IssuedCertificate {
  const values = site.values(centre, name, namespace);
  const { 'tls.crt': certificate = '', 'tls.key': key = '', 'ca.crt': authority = '' } = values;
  return { certificate, key, authority };
}

const exporter = (): IssuedCertificate => mounted('production', 'licences-export-tls', DATASET.namespace);

/** Fetches the file, as the centre that keeps the backups does. @returns what came */
async function fetchWith(certificate: IssuedCertificate, to: string): Promise<string> {
  const { code, errors } = await rig.rsync(certificate, ['-a', 'EXPORTER/', rig.at(`${to}/`)]);
  expect(code, errors).toBe(0);
  return readFileSync(rig.at(`${to}/证照`), 'utf8');
}

describe('the certificates of "zaibei dataset prepare", of files', () => {
  it('serve and fetch, by the real stunnel and rsync, also while they are rotated', async () => {
    expect((await site.run()).report?.exitCode).toBe(EXIT_CODES.fine);
    rig.serveWith(exporter());
    await rig.serve();
    const old = mounted('remote-dr', 'licences-pull-tls');
    expect(await fetchWith(old, 'first')).toBe('中文');

    expect((await site.run({ rotate: true })).report?.exitCode).toBe(EXIT_CODES.fine);
    expect(mounted('remote-dr', 'licences-pull-tls').key).not.toBe(old.key);
    // A pod sees the other Secret a while later: until then, new and old have to get on.
    expect(await fetchWith(mounted('remote-dr', 'licences-pull-tls'), 'second')).toBe('中文');
    rig.serveWith(exporter());
    await expect.poll(() => rig.output, { timeout: 10_000 }).toContain('the certificate was exchanged');
    expect(await fetchWith(old, 'third')).toBe('中文');
    expect(await fetchWith(mounted('local-dr', 'licences-pull-tls'), 'fourth')).toBe('中文');
  });

  it('are good for their own side alone', async () => {
    const { code } = await rig.rsync(exporter(), ['-a', 'EXPORTER/', rig.at('played/')]);
    expect(code).not.toBe(0);
  });
});
