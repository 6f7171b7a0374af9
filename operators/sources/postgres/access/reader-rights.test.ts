import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DatabaseAccess } from '../../../api/layout/source-access.ts';
import { connectAs, targetOf } from '../testing/prepared-database.ts';
import { TenantDatabase } from '../testing/tenant-database.ts';
import { LIMITS, START } from '../testing/test-database.ts';

const any = z.looseObject({});

let database: TenantDatabase;

beforeAll(async () => {
  database = await TenantDatabase.start();
}, START);
afterAll(() => database[Symbol.asyncDispose]());

describe('the role that verifies', () => {
  it('reads every row of every database, also those that row security hides', async () => {
    const connection = await database.as('verify', 'population');
    const row = z.object({ rows: z.int() });
    const text = 'SELECT count(*)::int AS rows FROM public.citizen';
    expect(await connection.query(row, text, LIMITS)).toEqual([{ rows: 100 }]);
  });

  it.each([
    ['to write', "INSERT INTO public.citizen VALUES (0, 'x')"],
    ['to delete', 'DELETE FROM public.citizen'],
    ['to empty a table', 'TRUNCATE public.citizen'],
    ['to make a table', 'CREATE TABLE public.mine (i int)'],
    ['to run a program', "COPY public.citizen TO PROGRAM 'cat > /tmp/x'"],
    ['to read files', "SELECT pg_read_file('PG_VERSION')"],
    ['to read files as bytes', "SELECT pg_read_binary_file('PG_VERSION')"],
    ['to set parameters', "ALTER SYSTEM SET synchronous_standby_names = ''"],
    ['to reload', 'SELECT pg_reload_conf()'],
    ['to make a role', 'CREATE ROLE mine'],
  ])('is refused %s, also when it has switched read-only off', async (_what, statement) => {
    const connection = await database.as('verify', 'population');
    await connection.execute(['SET default_transaction_read_only = on'], LIMITS);
    await expect(connection.query(any, statement, LIMITS)).rejects.toThrow(
      /read-only|permission denied|must be/,
    );
    await connection.execute(['SET default_transaction_read_only = off'], LIMITS);
    await expect(connection.query(any, statement, LIMITS)).rejects.toThrow(/permission denied|must be/);
  });

  it('cannot make slots, and finds its sessions read-only', async () => {
    const connection = await connectAs(database.server, 'verify', database.passwords);
    const row = z.object({ on: z.string() });
    const text = `SELECT current_setting('default_transaction_read_only') AS on`;
    expect(await connection.query(row, text, LIMITS)).toEqual([{ on: 'on' }]);
    await expect(connection.query(any, "SELECT zaibei.create_slot('zb_x')", LIMITS)).rejects.toThrow(
      /permission/,
    );
    await connection.close();
  });
});

describe('the role that replicates', () => {
  it('streams: a base backup runs', async () => {
    await expect(database.stream('replicate')).resolves.toBeDefined();
  });

  it.each(['postgres', 'population'])('is refused SQL: it enters no database (%s)', async (into) => {
    await expect(database.as('replicate', into)).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });
});

describe('nobody enters', () => {
  it.each<DatabaseAccess>(['guard', 'verify'])('as %s by password alone', async (access) => {
    const bare = connectAs(database.server, access, database.passwords, { identity: undefined });
    await expect(bare).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });

  it.each<DatabaseAccess>(['guard', 'verify'])('as %s by certificate alone', async (access) => {
    const bare = connectAs(database.server, access, database.passwords, { password: undefined });
    await expect(bare).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });

  it('with the certificate of another dataset', async () => {
    const identity = await database.server.identity('zb-guard-0123456789');
    await expect(connectAs(database.server, 'guard', database.passwords, { identity })).rejects.toMatchObject(
      {
        trouble: 'AccessRefused',
      },
    );
  });

  it('with a certificate whose time is over', async () => {
    const { user } = await targetOf(database.server, 'guard', database.passwords);
    const identity = await database.server.identity(user, Date.now() - 60_000);
    await expect(connectAs(database.server, 'guard', database.passwords, { identity })).rejects.toMatchObject(
      {
        trouble: 'AccessRefused',
      },
    );
  });
});
