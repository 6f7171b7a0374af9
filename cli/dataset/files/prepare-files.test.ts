import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../exit-code.ts';
import type { PrepareOptions } from '../prepare-options.ts';
import { FILE_SECRETS, filesSite } from '../testing/files-site.ts';
import type { PreparedSite } from '../testing/prepared-site.ts';

/** What is typed where an issuer writes the Secrets. */
const WITHOUT_AUTHORITY = {
  caCertificate: undefined,
  caKey: undefined,
} as unknown as Partial<PrepareOptions>; // overrides what the site gives

const ISSUED = { 'cert-manager.io/certificate-name': 'licences' };

let site: PreparedSite;

beforeEach(async () => {
  site = await filesSite();
});
afterEach(() => site[Symbol.asyncDispose]());

const exported = (): Record<string, string> => site.values('production', 'licences-export-tls', 'licences');

describe('zaibei dataset prepare, of files', () => {
  it('puts a certificate of its own into each centre that serves or fetches them, and nothing elsewhere', async () => {
    const { report, output } = await site.run();
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toContain('- Secret licences/licences-export-tls in production');
    expect(output).toContain('- Secret zb-copies-licences/licences-pull-tls in remote-dr');
    expect(site.kept).toEqual(FILE_SECRETS);
    const keys = [...site.secrets.values()].map(({ data }) => data['tls.key']);
    expect(new Set(keys).size).toBe(FILE_SECRETS.length);
  });

  it('makes certificates that name who it is, and are good for that side alone', async () => {
    await site.run();
    const server = new X509Certificate(exported()['tls.crt'] ?? '');
    const client = new X509Certificate(site.value('remote-dr', 'licences-pull-tls', 'tls.crt') ?? '');
    expect(server.subject).toMatch(/^CN=zb-export-\w{10}$/);
    expect(server.subjectAltName).toBe(server.subject.replace('CN=', 'DNS:'));
    expect(server.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(client.subject).toMatch(/^CN=zb-pull-\w{10}$/);
    expect(client.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  });

  it('finds nothing to do the second time, and changes nothing', async () => {
    await site.run();
    const before = JSON.stringify([...site.secrets]);
    expect((await site.run()).output).toContain('Everything is prepared.');
    expect((await site.run({ check: true })).report).toMatchObject({ exitCode: EXIT_CODES.fine });
    expect(JSON.stringify([...site.secrets])).toBe(before);
  });

  it('checks without changing anything, and says exactly what is missing', async () => {
    await site.run();
    site.secrets.delete('remote-dr zb-copies-licences/licences-pull-tls');
    const { report } = await site.run({ check: true });
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(report?.data).toMatchObject({
      missing: ['- Secret zb-copies-licences/licences-pull-tls in remote-dr'],
    });
    expect(site.kept).toHaveLength(FILE_SECRETS.length - 1);
  });

  it('does nothing when the person says no', async () => {
    expect((await site.run({}, { answer: false })).refusal?.message).toContain('nothing was changed');
    expect(site.kept).toEqual([]);
  });

  it('rotates all of them; a key that stood there before stands nowhere', async () => {
    await site.run();
    const before = [...site.secrets.values()].map(({ data }) => data['tls.key']);
    expect((await site.run({ rotate: true })).report?.exitCode).toBe(EXIT_CODES.fine);
    const after = [...site.secrets.values()].map(({ data }) => data['tls.key']);
    expect(after.filter((key) => before.includes(key))).toEqual([]);
  });

  it('leaves what stood there where a centre does not take its Secret', async () => {
    await site.run();
    const before = JSON.stringify([...site.secrets]);
    site.refused.set('remote-dr PUT', 403);
    expect((await site.run({ rotate: true })).refusal?.message).toMatch(/remote-dr answers 403/);
    site.refused.clear();
    expect(JSON.stringify([...site.secrets])).toBe(before);
  });

  it('without the key of the authority says what an issuer has to write, and where, and asks for nothing', async () => {
    const { report } = await site.run(WITHOUT_AUTHORITY, { answer: false });
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(report?.text()).toMatch(
      /for a server, CN=zb-export-\w+ and that as DNS name, as Secret licences\/licences-export-tls in production;/,
    );
    expect(report?.text()).toMatch(
      /for a client, CN=zb-pull-\w+ .* zb-copies-licences\/licences-pull-tls in remote-dr;/,
    );
    expect(site.kept).toEqual([]);
  });

  it('takes what an issuer wrote as it is, and leaves it alone, also when all else is rotated or taken away', async () => {
    await site.run();
    const values = exported();
    site.keep('production', 'licences', 'licences-export-tls', values, ISSUED);
    expect((await site.run({ ...WITHOUT_AUTHORITY, check: true })).report?.exitCode).toBe(EXIT_CODES.fine);
    const { output } = await site.run({ rotate: true });
    expect(output).toContain('Secret licences/licences-export-tls in production is kept by an issuer');
    expect(exported()).toEqual(values);
    const revoked = await site.run({ revoke: true });
    expect(revoked.output).toContain(
      'Secret licences/licences-export-tls in production is kept by an issuer',
    );
    expect(site.kept).toEqual(['production licences/licences-export-tls']);
  });

  it('takes all of them away, those of former roles too, and does it once', async () => {
    await site.run();
    site.keep('production', 'zb-copies-licences', 'licences-pull-tls', exported());
    const { report, output } = await site.run({ revoke: true });
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toContain('- Secret zb-copies-licences/licences-pull-tls in production');
    expect(site.kept).toEqual([]);
    expect((await site.run({ revoke: true })).output).toContain('Nothing is left of it.');
  });

  it('writes anew only on request what it may not read, and then knows what it wrote', async () => {
    await site.run();
    for (const centre of ['production', 'local-dr', 'remote-dr']) site.refused.set(`${centre} GET`, 403);
    const before = JSON.stringify([...site.secrets]);
    const { report } = await site.run();
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(report?.text()).toMatch(/licences-export-tls in production may not be read by you; --rotate/);
    expect(JSON.stringify([...site.secrets])).toBe(before);
    expect((await site.run({ rotate: true })).report).toMatchObject({ exitCode: EXIT_CODES.fine });
    expect(JSON.stringify([...site.secrets])).not.toBe(before);
  });

  it.each<[string, Partial<PrepareOptions>, string]>([
    [
      'a superuser',
      { adminUri: 'postgresql://postgres@nowhere:1', adminSecret: 'a/b' },
      '--admin-uri, --admin-secret',
    ],
    ['a tunnel', { portForward: true }, '--port-forward'],
    ['an authority of a server', { serverCa: 'ca.crt' }, '--server-ca'],
  ])('refuses %s: there is no database', async (_what, options, named) => {
    const { refusal } = await site.run(options);
    expect(refusal?.message).toMatch(/^ZB-CLI-017: .*no database/);
    expect(refusal?.message).toContain(`leave out ${named}`);
    expect(site.kept).toEqual([]);
  });

  it('refuses an authority that has ended: nobody would believe what it signs', async () => {
    await using ended = await filesSite(Date.now() - 3_600_000);
    const { refusal } = await ended.run();
    expect(refusal?.message).toMatch(/^ZB-CLI-015: .*ca\.crt has ended on \d{4}-\d\d-\d\d/);
    expect(ended.kept).toEqual([]);
  });

  it('refuses to rotate where nothing can be signed', async () => {
    const { refusal } = await site.run({ ...WITHOUT_AUTHORITY, rotate: true });
    expect(refusal?.message).toMatch(/^ZB-CLI-017: .*--ca-key/);
  });

  it('shows no key, whatever it does, and speaks Chinese to who reads Chinese', async () => {
    const outputs = [];
    for (const options of [{}, { rotate: true }, { check: true }, { revoke: true }])
      outputs.push((await site.run(options, { language: 'zh' })).output);
    expect(outputs.join('\n')).toContain('将要执行');
    expect(outputs.join('\n')).not.toContain('BEGIN');
  });
});
