import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SourceConnection } from '../connection/source-connection.ts';
import { connectAs, POPULATION, prepareDatabase } from '../testing/prepared-database.ts';
import { LIMITS, START, TestDatabase } from '../testing/test-database.ts';
import { HbaFile } from './hba-file.ts';
import { withoutHbaBlock } from './hba-rules.ts';
import { PreparedAccess } from './prepared-access.ts';
import { newPassword } from './scram-verifier.ts';

let database: TestDatabase;
let admin: SourceConnection;

beforeAll(async () => {
  database = await TestDatabase.start();
  admin = await database.connect();
}, START);
afterAll(async () => {
  await admin.close();
  await database[Symbol.asyncDispose]();
});

/** Everything of the catalogues that preparing touches. */
async function rightsOf(connection: SourceConnection): Promise<unknown[]> {
  const text = `
    SELECT 'role' AS what, rolname::text AS name, rolconfig::text AS rights FROM pg_roles WHERE rolname !~ '^pg_'
    UNION ALL SELECT 'parameter', parname, paracl::text FROM pg_parameter_acl
    UNION ALL SELECT 'schema', nspname::text, nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_t'
    UNION ALL SELECT 'function', oid::regprocedure::text, proacl::text FROM pg_proc WHERE proacl IS NOT NULL
    UNION ALL SELECT 'slot', slot_name::text, NULL FROM pg_replication_slots
    UNION ALL SELECT 'large object', oid::text, NULL FROM pg_largeobject_metadata
    ORDER BY 1, 2`;
  return connection.query(z.looseObject({}), text, LIMITS);
}

const open = (dataset = POPULATION): Promise<PreparedAccess> => PreparedAccess.open(dataset, admin, LIMITS);

describe('preparing a database', () => {
  it('makes everything once, misses nothing afterwards, and changes nothing the second time', async () => {
    await prepareDatabase(database);
    const access = await open();
    expect(await access.missing()).toEqual([]);
    const before = await rightsOf(admin);
    const hba = await new HbaFile(admin, LIMITS).read();
    await prepareDatabase(database);
    expect(await rightsOf(admin)).toEqual(before);
    expect(await new HbaFile(admin, LIMITS).read()).toBe(hba);
  });

  it.each([
    ['ALTER ROLE "{guard}" CREATEDB', 'attributes'],
    ['REVOKE pg_monitor FROM "{guard}"', 'membership'],
    ['GRANT pg_read_all_data TO "{guard}"', 'membership'],
    ['REVOKE ALTER SYSTEM ON PARAMETER synchronous_commit FROM "{guard}"', 'parameter'],
    ['REVOKE EXECUTE ON FUNCTION pg_reload_conf() FROM "{guard}"', 'function'],
    ['GRANT EXECUTE ON FUNCTION zaibei.drop_slot(text) TO PUBLIC', 'slotFunction'],
    ['ALTER FUNCTION zaibei.drop_slot(text) OWNER TO postgres', 'slotFunction'],
    ['ALTER FUNCTION zaibei.drop_slot(text) RESET search_path', 'slotFunction'],
    ['REVOKE UPDATE ON zaibei.heartbeat FROM "{guard}"', 'heartbeat'],
    ['ALTER ROLE "{verify}" RESET default_transaction_read_only', 'readOnly'],
  ])('says exactly what is missing after %s', async (statement, need) => {
    await prepareDatabase(database);
    const { roles } = await open();
    const done = statement.replace('{guard}', roles.guard).replace('{verify}', roles.verify);
    await admin.execute([done], LIMITS);
    const missing = await (await open()).missing();
    expect(missing.map((requirement) => requirement.need)).toEqual([need]);
    await admin.execute([`REVOKE pg_read_all_data FROM "${roles.guard}"`], LIMITS);
    await prepareDatabase(database);
    expect(await (await open()).missing()).toEqual([]);
  });

  it('keeps passwords out of every statement that the server logs', async () => {
    const passwords = await prepareDatabase(database);
    const log = await database.log();
    expect(log).toContain('SCRAM-SHA-256$4096');
    for (const password of Object.values(passwords)) expect(log).not.toContain(password);
    const access = await open();
    expect(await access.hasPassword('guard', passwords.guard)).toBe(true);
    expect(await access.hasPassword('guard', passwords.verify)).toBe(false);
  });

  it('is refused to who is no superuser, and changes nothing', async () => {
    await admin.execute(["CREATE ROLE helpdesk LOGIN CREATEROLE PASSWORD 'weak'"], LIMITS);
    const before = await rightsOf(admin);
    const helpdesk = await database.connect({ user: 'helpdesk', password: 'weak' });
    await expect(PreparedAccess.open(POPULATION, helpdesk, LIMITS)).rejects.toMatchObject({
      trouble: 'NotAllowed',
      message: expect.stringContaining('helpdesk is no superuser') as string,
    });
    await helpdesk.close();
    expect(await rightsOf(admin)).toEqual(before);
    await admin.execute(['DROP ROLE helpdesk'], LIMITS);
  });

  it('is refused where the instance is another dataset’s', async () => {
    await prepareDatabase(database);
    await expect(open({ namespace: 'economy', name: 'firms' })).rejects.toMatchObject({
      trouble: 'ForeignInstance',
      message: expect.stringContaining('population/people') as string,
    });
  });

  it('leaves nothing half done when what belongs to it fails', async () => {
    const passwords = await prepareDatabase(database);
    const access = await open();
    const failing = access.make([], { guard: newPassword() }, () => Promise.reject(new Error('no Secret')));
    await expect(failing).rejects.toThrow('no Secret');
    expect(await access.hasPassword('guard', passwords.guard)).toBe(true);
  });
});

describe('a new password', () => {
  it('ends no connection: who writes goes on writing, who comes after uses the new one', async () => {
    const passwords = await prepareDatabase(database);
    const guard = await connectAs(database, 'guard', passwords);
    const backend = z.object({ pid: z.int() });
    const [before] = await guard.query(backend, 'SELECT pg_backend_pid() AS pid', LIMITS);
    let beats = 0;
    const enough = new AbortController();
    const load = (async () => {
      while (!enough.signal.aborted) {
        const beat =
          'INSERT INTO zaibei.heartbeat (beat, written_at) VALUES (1, now()) ON CONFLICT (id) DO UPDATE SET beat = heartbeat.beat + 1, written_at = now()';
        await guard.execute([beat], LIMITS);
        beats += 1;
      }
    })();
    const access = await open();
    const renewed = { ...passwords };
    for (let round = 0; round < 10; round += 1) {
      const done = beats;
      renewed.guard = newPassword();
      await access.make([], { guard: renewed.guard });
      await expect.poll(() => beats).toBeGreaterThan(done);
    }
    enough.abort();
    await load;
    expect(await guard.query(backend, 'SELECT pg_backend_pid() AS pid', LIMITS)).toEqual([before]);
    await guard.close();
    await expect(connectAs(database, 'guard', passwords)).rejects.toMatchObject({ trouble: 'AccessRefused' });
    await (await connectAs(database, 'guard', renewed)).close();
  });
});

describe('revoking', () => {
  it('leaves nothing: rights, roles, slots and pg_hba.conf are as they were before', async () => {
    await using fresh = await TestDatabase.start();
    const owner = await fresh.connect();
    const file = new HbaFile(owner, LIMITS);
    const before = { rights: await rightsOf(owner), hba: await file.read() };
    const passwords = await prepareDatabase(fresh);
    const guard = await connectAs(fresh, 'guard', passwords);
    await guard.execute(["SELECT zaibei.create_slot('zb_left')"], LIMITS);
    const prepared = await file.read();
    await file.replace(prepared, withoutHbaBlock(prepared, POPULATION));
    const access = await PreparedAccess.open(POPULATION, owner, LIMITS);
    await access.revoke();
    expect({ rights: await rightsOf(owner), hba: await file.read() }).toEqual(before);
    await expect(guard.execute(['SELECT 1'], LIMITS)).rejects.toMatchObject({ trouble: 'Unreachable' });
    await access.revoke(); // there is nothing left, which is no mistake
    await owner.close();
  });

  it('is refused while commits wait for a standby of zaibei: they would wait for ever', async () => {
    await prepareDatabase(database);
    const file = new HbaFile(admin, LIMITS);
    await admin.execute(["ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (zb_a)'"], LIMITS);
    await file.reload();
    const access = await open();
    await expect(access.revoke()).rejects.toMatchObject({ trouble: 'StillCopied' });
    expect(await access.missing()).toEqual([]);
    await admin.execute(['ALTER SYSTEM RESET synchronous_standby_names'], LIMITS);
    await file.reload();
  });
});
