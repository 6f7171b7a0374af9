import { describe, expect, it } from 'vitest';
import {
  LIMITS,
  START,
  type TestDatabaseOptions,
} from '../../../operators/sources/postgres/testing/test-database.ts';
import { databaseFixture, populatedDatabase, siteOf } from '../testing/populated-database.ts';

const fixture = databaseFixture();

describe('what cannot be prepared is refused in words, and left as it is:', () => {
  it.each([
    ['a wrong password', { password: 'wrong-canary' }, /ZB-SRC-003.*access is refused/],
    ['an address at which nobody answers', { port: 1 }, /ZB-SRC-001.*nobody answers/],
  ])('%s', async (_what, differs, message) => {
    const { database, site } = fixture;
    const { port, password } = database;
    const { refusal, output } = await site.call({ port, password, ...differs });
    expect(refusal?.message).toMatch(message);
    expect(output).not.toContain('canary');
    expect(site.kept).toEqual([]);
  });

  it.each<[string, TestDatabaseOptions, RegExp]>([
    [
      'a name that the certificate does not have',
      { certificateName: '10.9.9.9' },
      /ZB-SRC-002.*not believed/,
    ],
    ['pages without checksums', { checksums: false }, /ZB-SRC-012.*ChecksumsOff.*pg_checksums/],
    [
      'a wal_level that is too low',
      { settings: { wal_level: 'minimal', max_wal_senders: '0' } },
      /ZB-SRC-012.*WalLevelTooLow.*wal_level = replica/,
    ],
    [
      'no slot',
      { settings: { max_replication_slots: '0' } },
      /ZB-SRC-012.*NoFreeSlot.*max_replication_slots/,
    ],
  ])(
    '%s',
    async (_what, options, message) => {
      await using other = await populatedDatabase(options);
      await using its = await siteOf(other);
      const { refusal } = await its.call(other);
      expect(refusal?.message).toMatch(message);
      expect(its.kept).toEqual([]);
    },
    START,
  );

  it(
    'a source that is itself a standby',
    async () => {
      const { database, site } = fixture;
      await using standby = await populatedDatabase({ standbyOf: database });
      const { refusal } = await site.call(standby);
      expect(refusal?.message).toMatch(/ZB-SRC-012.*IsStandby.*primary/);
      expect(site.kept).toEqual([]);
    },
    START,
  );

  it('a person without the right to make roles', async () => {
    const { database, site } = fixture;
    const owner = await database.connect();
    await owner.execute(["CREATE ROLE helpdesk LOGIN PASSWORD 'helpdesk' IN ROLE pg_monitor"], LIMITS);
    const { port } = database;
    const adminUri = `postgresql://helpdesk@127.0.0.1:${port}`;
    const { refusal } = await site.call({ port, password: 'helpdesk' }, { adminUri });
    expect(refusal?.message).toMatch(/ZB-SRC-007.*superuser.*helpdesk/);
    await owner.execute(['DROP ROLE helpdesk'], LIMITS);
    await owner.close();
    expect(site.kept).toEqual([]);
  });

  it('a password among the arguments, which is not repeated', async () => {
    const { database, site } = fixture;
    const adminUri = 'postgresql://postgres:canary-7731@127.0.0.1:1';
    const { refusal, output } = await site.call(database, { adminUri });
    expect(refusal?.message).toContain('PGPASSWORD');
    expect(output).not.toContain('canary');
  });
});
