import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../exit-code.ts';
import { databaseFixture } from '../testing/populated-database.ts';

/** The Secrets of a dataset, each in the centres that use it and in no other. */
const SECRETS = [
  'local-dr population-guard',
  'local-dr population-guard-tls',
  'local-dr population-replicate',
  'local-dr population-replicate-tls',
  'local-dr population-verify',
  'local-dr population-verify-tls',
  'production population-guard',
  'production population-guard-tls',
  'remote-dr population-replicate',
  'remote-dr population-replicate-tls',
  'remote-dr population-verify',
  'remote-dr population-verify-tls',
];

const fixture = databaseFixture();

describe('zaibei dataset prepare', () => {
  it('prints the plan, does it, and puts each Secret into exactly the centres that use it', async () => {
    const { database, site } = fixture;
    const { report, output } = await site.call(database);
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toContain('CREATE ROLE "zb-guard-');
    expect(output).toContain('GRANT ALTER SYSTEM ON PARAMETER "synchronous_standby_names"');
    expect(output).toMatch(
      /hostssl replication "zb-replicate-\w+" [\d./]+ scram-sha-256 clientcert=verify-full/,
    );
    expect(site.kept).toEqual(SECRETS);
    expect(site.value('local-dr', 'population-verify', 'password')).toBe(
      site.value('remote-dr', 'population-verify', 'password'),
    );
  });

  it('finds nothing to do the second time, and changes nothing', async () => {
    const { database, site } = fixture;
    await site.call(database);
    const before = JSON.stringify([...site.secrets]);
    const { report, output } = await site.call(database);
    expect(report?.data).toMatchObject({ missing: [] });
    expect(output).toContain('Everything is prepared.');
    expect(JSON.stringify([...site.secrets])).toBe(before);
  });

  it('checks without changing anything, and says exactly what is missing', async () => {
    const { database, site } = fixture;
    const first = await site.call(database, { check: true });
    expect(first.report?.exitCode).toBe(EXIT_CODES.findings);
    expect(site.kept).toEqual([]);
    await site.call(database);
    site.secrets.delete('remote-dr zb-copies-population/population-verify');
    const { report } = await site.call(database, { check: true });
    expect(report?.data).toMatchObject({
      missing: ['- Secret zb-copies-population/population-verify in remote-dr'],
    });
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
  });

  it('does nothing when the person says no, or there is nobody to ask', async () => {
    const { database, site } = fixture;
    const { refusal } = await site.call(database, {}, { answer: false });
    expect(refusal?.message).toContain('nothing was changed');
    expect(site.kept).toEqual([]);
    const { report } = await site.call(database, { check: true });
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
  });

  it('mends one Secret with the password that the others have', async () => {
    const { database, site } = fixture;
    await site.call(database);
    const password = site.value('local-dr', 'population-verify', 'password');
    site.secrets.delete('remote-dr zb-copies-population/population-verify');
    await site.call(database);
    expect(site.value('remote-dr', 'population-verify', 'password')).toBe(password);
  });

  it('rotates passwords and certificates, and what is there works', async () => {
    const { database, site } = fixture;
    await site.call(database);
    const before = SECRETS.map((name) => site.secrets.get(name.replace(' ', ' zb-copies-population/'))?.data);
    const { report } = await site.call(database, { rotate: true });
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    const after = SECRETS.map((name) => site.secrets.get(name.replace(' ', ' zb-copies-population/'))?.data);
    for (const [index, data] of after.entries()) expect(data).not.toEqual(before[index]);
  });

  it('changes no password when a centre does not take its Secret', async () => {
    const { database, site } = fixture;
    await site.call(database);
    const before = JSON.stringify([...site.secrets]);
    site.refused.set('remote-dr PUT', 403);
    const { refusal } = await site.call(database, { rotate: true });
    expect(refusal?.message).toMatch(/remote-dr answers 403/);
    site.refused.clear();
    expect(JSON.stringify([...site.secrets])).toBe(before);
    expect((await site.call(database, { check: true })).report?.data).toMatchObject({ missing: [] });
  });

  it('leaves certificates alone that an issuer keeps, and asks for those that nobody can sign', async () => {
    const { database, site } = fixture;
    const without = { caKey: undefined } as unknown as { caKey?: string };
    const { report } = await site.call(database, without);
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(report?.text()).toMatch(
      /certificate for a client, CN=zb-guard-\w+ .* as Secret zb-copies-population\/population-guard-tls in production/,
    );
    expect(site.kept.filter((name) => name.endsWith('-tls'))).toEqual([]);
    await site.call(database);
    const name = 'population-guard-tls';
    const values = site.values('production', name);
    site.keep('production', 'zb-copies-population', name, values, {
      'cert-manager.io/certificate-name': 'x',
    });
    const { output } = await site.call(database, { rotate: true });
    expect(output).toContain(`Secret zb-copies-population/${name} in production is kept by an issuer`);
    expect(site.value('production', name, 'tls.crt')).toBe(values['tls.crt']);
  });

  it('writes anew only on request what it may not read', async () => {
    const { database, site } = fixture;
    await site.call(database);
    for (const centre of ['production', 'local-dr', 'remote-dr']) site.refused.set(`${centre} GET`, 403);
    const password = site.value('production', 'population-guard', 'password');
    const { report } = await site.call(database);
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(report?.text()).toMatch(
      /Secret zb-copies-population\/population-guard in production may not be read by you; --rotate/,
    );
    expect(site.value('production', 'population-guard', 'password')).toBe(password);
    const rotated = await site.call(database, { rotate: true });
    expect(rotated.report?.exitCode).toBe(EXIT_CODES.fine);
    expect(site.value('production', 'population-guard', 'password')).not.toBe(password);
    site.refused.clear();
    expect((await site.call(database, { check: true })).report?.data).toMatchObject({ missing: [] });
  });

  it('takes everything away again', async () => {
    const { database, site } = fixture;
    await site.call(database);
    const { report, output } = await site.call(database, { revoke: true });
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toMatch(/zb-guard-\w+, zb-replicate-\w+, zb-verify-\w+, zaibei/);
    expect(site.kept).toEqual([]);
    expect((await site.call(database, { revoke: true })).output).toContain('Nothing is left of it.');
  });

  it('takes keys away in a centre that has no part any more, passwords among them', async () => {
    const { database, site } = fixture;
    await site.call(database);
    site.centres.place({ epoch: 2, replica: undefined });
    const { report } = await site.call(database);
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(site.kept).toEqual(SECRETS.filter((name) => !name.startsWith('local-dr')));
  });

  it('says which lines are left where the server may not write them, and takes all else away', async () => {
    const { database, site } = fixture;
    await site.call(database);
    await database.withReadOnlyData(async () => {
      const { report } = await site.call(database, { revoke: true });
      expect(report?.data).toMatchObject({ missing: ['- our lines in pg_hba.conf'] });
      expect(report?.exitCode).toBe(EXIT_CODES.findings);
    });
    expect(site.kept).toEqual([]);
  });

  it('shows no password and no key, whatever it does', async () => {
    const { database, site } = fixture;
    const outputs = [];
    for (const options of [{}, { check: true }, { rotate: true }, { check: true }, { revoke: true }]) {
      const before = site.confidential;
      outputs.push((await site.call(database, options)).output);
      const all = outputs.join('\n') + (await database.log());
      for (const secret of [...before, ...site.confidential, database.password])
        expect(all).not.toContain(secret);
    }
  });

  it('speaks Chinese to who reads Chinese', async () => {
    const { database, site } = fixture;
    const { output } = await site.call(database, {}, { language: 'zh' });
    expect(output).toContain('将要执行');
    expect(output).toContain('已完成');
  });
});
