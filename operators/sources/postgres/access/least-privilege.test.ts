import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DatabaseAccess } from '../../../api/layout/source-access.ts';
import type { SourceConnection } from '../connection/source-connection.ts';
import { judgedFacts } from '../judgement/judged-facts.ts';
import { readFacts } from '../facts/read-facts.ts';
import { databaseRoles } from './database-roles.ts';
import {
  connectAs,
  POPULATION,
  prepareDatabase,
  targetOf,
  type Passwords,
} from '../testing/prepared-database.ts';
import { runProgram } from '../testing/server-programs.ts';
import { LIMITS, START, TestDatabase } from '../testing/test-database.ts';

const any = z.looseObject({});

let database: TestDatabase;
let passwords: Passwords;
const connections = new Map<string, SourceConnection>();

beforeAll(async () => {
  database = await TestDatabase.start();
  const owner = await database.connect();
  await owner.execute(
    [
      'CREATE DATABASE population',
      'CREATE TABLE public.tenant_of_postgres (secret text)',
      "INSERT INTO public.tenant_of_postgres VALUES ('a row')",
    ],
    LIMITS,
  );
  await owner.close();
  const tenant = await database.connect({ database: 'population' });
  await tenant.execute(
    [
      'CREATE TABLE public.citizen (id int PRIMARY KEY, name text)',
      "INSERT INTO public.citizen SELECT n, 'name ' || n FROM generate_series(1, 100) n",
      'ALTER TABLE public.citizen ENABLE ROW LEVEL SECURITY',
    ],
    LIMITS,
  );
  await tenant.close();
  passwords = await prepareDatabase(database);
}, START);
afterAll(async () => {
  for (const connection of connections.values()) await connection.close();
  await database[Symbol.asyncDispose]();
});

async function as(access: DatabaseAccess, into = 'postgres'): Promise<SourceConnection> {
  const key = `${access} ${into}`;
  const known = connections.get(key);
  if (known?.closed === false) return known;
  const made = await connectAs(database, access, passwords, { database: into });
  connections.set(key, made);
  return made;
}

describe('the guard may', () => {
  it('read every fact', async () => {
    const facts = await readFacts(await as('guard'), 0, LIMITS);
    expect(judgedFacts(facts).filter(([, fact]) => !fact.known)).toEqual([]);
  });

  it.each([
    "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (zb_a)'",
    'ALTER SYSTEM RESET synchronous_standby_names',
    'ALTER SYSTEM SET synchronous_commit = on',
    "ALTER SYSTEM SET max_slot_wal_keep_size = '1GB'",
    'SELECT pg_reload_conf()',
    "SELECT zaibei.create_slot('zb_replica')",
    "SELECT zaibei.drop_slot('zb_replica')",
    'INSERT INTO zaibei.heartbeat (beat, written_at) VALUES (1, now())',
    'UPDATE zaibei.heartbeat SET beat = beat + 1, written_at = now()',
    "SELECT pg_ls_dir('global', false, false)",
    "SELECT pg_stat_file('PG_VERSION', false)",
    "SELECT pg_read_binary_file('PG_VERSION')",
    "SELECT pg_read_binary_file('PG_VERSION', 0, 2, false)",
  ])('%s', async (statement) => {
    const connection = await as('guard');
    await expect(connection.query(any, statement, LIMITS)).resolves.toBeDefined();
  });
});

describe('the guard is refused', () => {
  it.each<[string, string, RegExp?]>([
    ['to read a table of the tenant', 'SELECT * FROM public.tenant_of_postgres'],
    ['to change a table of the tenant', "INSERT INTO public.tenant_of_postgres VALUES ('x')"],
    ['to make a table', 'CREATE TABLE public.mine (i int)'],
    ['to make a table beside the heartbeat', 'CREATE TABLE zaibei.mine (i int)'],
    ['to remove the heartbeat', 'DELETE FROM zaibei.heartbeat'],
    ['to make a schema', 'CREATE SCHEMA mine'],
    ['to make a database', 'CREATE DATABASE mine'],
    ['to make a role', 'CREATE ROLE mine'],
    ['to make itself a superuser', 'ALTER ROLE CURRENT_USER SUPERUSER'],
    ['to let itself stream', 'ALTER ROLE CURRENT_USER REPLICATION'],
    ['to become the role that streams', `SET ROLE "${databaseRoles(POPULATION).replicate}"`],
    ['to become the superuser', 'SET ROLE postgres'],
    [
      'to give itself another right',
      'GRANT pg_read_all_data TO CURRENT_USER',
      /permission|must have admin option|must be/,
    ],
    ['to set another parameter', "ALTER SYSTEM SET archive_command = 'touch /tmp/x'"],
    ['to turn fsync off', 'ALTER SYSTEM SET fsync = off'],
    ['to load a library', "ALTER SYSTEM SET shared_preload_libraries = 'x'"],
    ['to reset all parameters', 'ALTER SYSTEM RESET ALL'],
    ['to run a program', "COPY (SELECT 1) TO PROGRAM 'true'"],
    ['to write a file', "COPY (SELECT 1) TO '/tmp/zaibei-test'"],
    ['to read a file as text', "SELECT pg_read_file('PG_VERSION')"],
    [
      'to read a file outside of the data',
      "SELECT pg_read_binary_file('/etc/passwd')",
      /absolute path|permission/,
    ],
    ['to climb out of the data', "SELECT pg_read_binary_file('../password')", /path must be|permission/],
    [
      'to list a folder outside of the data',
      "SELECT pg_ls_dir('/etc', false, false)",
      /absolute path|permission/,
    ],
    ['to make a slot by itself', "SELECT pg_create_physical_replication_slot('zb_x')"],
    ['to make a slot under another name', "SELECT zaibei.create_slot('theirs')", /42501/],
    ['to drop a slot under another name', "SELECT zaibei.drop_slot('theirs')", /42501/],
    ['to make a slot with a name that breaks out', "SELECT zaibei.create_slot('zb_x''; SELECT 1')", /42501/],
    [
      'to change its function',
      'CREATE OR REPLACE FUNCTION zaibei.drop_slot(slot text) RETURNS void LANGUAGE sql AS $$ SELECT $$',
    ],
    ['to see what is kept of passwords', 'SELECT * FROM pg_authid'],
    [
      'to end a session of the superuser',
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' OR backend_type = 'checkpointer'",
      /must be|permission/,
    ],
    ['to promote', 'SELECT pg_promote()'],
    ['to switch WAL', 'SELECT pg_switch_wal()'],
  ])('%s', async (_what, statement, message = /permission denied|must be|42501/) => {
    const connection = await as('guard');
    await expect(connection.query(any, statement, LIMITS)).rejects.toThrow(message);
  });

  it('into another database', async () => {
    await expect(as('guard', 'population')).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });

  it('to stream', async () => {
    const target = await targetOf(database, 'guard', passwords);
    await expect(receive(target.user, target.password, target.identity)).rejects.toThrow(
      /rejects|no pg_hba.conf entry/,
    );
  });
});

describe('the role that verifies', () => {
  it('reads every row of every database, also those that row security hides', async () => {
    const connection = await as('verify', 'population');
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
    const connection = await as('verify', 'population');
    await connection.execute(['SET default_transaction_read_only = on'], LIMITS);
    await expect(connection.query(any, statement, LIMITS)).rejects.toThrow(
      /read-only|permission denied|must be/,
    );
    await connection.execute(['SET default_transaction_read_only = off'], LIMITS);
    await expect(connection.query(any, statement, LIMITS)).rejects.toThrow(/permission denied|must be/);
  });

  it('cannot make slots, and finds its sessions read-only', async () => {
    const connection = await connectAs(database, 'verify', passwords);
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
    const { user, password, identity } = await targetOf(database, 'replicate', passwords);
    await expect(receive(user, password, identity)).resolves.toBeDefined();
  });

  it.each(['postgres', 'population'])('is refused SQL: it enters no database (%s)', async (into) => {
    await expect(as('replicate', into)).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });
});

describe('nobody enters', () => {
  it.each<DatabaseAccess>(['guard', 'verify'])('as %s by password alone', async (access) => {
    const bare = connectAs(database, access, passwords, { identity: undefined });
    await expect(bare).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });

  it.each<DatabaseAccess>(['guard', 'verify'])('as %s by certificate alone', async (access) => {
    const bare = connectAs(database, access, passwords, { password: undefined });
    await expect(bare).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });

  it('with the certificate of another dataset', async () => {
    const identity = await database.identity('zb-guard-0123456789');
    await expect(connectAs(database, 'guard', passwords, { identity })).rejects.toMatchObject({
      trouble: 'AccessRefused',
    });
  });

  it('with a certificate whose time is over', async () => {
    const { user } = await targetOf(database, 'guard', passwords);
    const identity = await database.identity(user, Date.now() - 60_000);
    await expect(connectAs(database, 'guard', passwords, { identity })).rejects.toMatchObject({
      trouble: 'AccessRefused',
    });
  });
});

/** Runs a base backup into nothing. */
async function receive(
  user: string,
  password: string | undefined,
  identity: { readonly certificate: string; readonly key: string } | undefined,
): Promise<string> {
  const tls = {
    PGSSLMODE: 'verify-full',
    PGSSLROOTCERT: await database.keepFile('client-ca.crt', database.authority.certificate),
    PGSSLCERT: await database.keepFile(`${user}.crt`, identity?.certificate ?? ''),
    PGSSLKEY: await database.keepFile(`${user}.key`, identity?.key ?? ''),
    PGPASSWORD: password,
  };
  const where = ['-h', database.host, '-p', String(database.port), '-U', user];
  return runProgram('pg_basebackup', [...where, '--target=blackhole', '-X', 'none', '-c', 'fast'], tls);
}
