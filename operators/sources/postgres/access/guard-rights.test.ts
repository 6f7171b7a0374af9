import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readFacts } from '../facts/read-facts.ts';
import { judgedFacts } from '../judgement/judged-facts.ts';
import { POPULATION } from '../testing/prepared-database.ts';
import { TenantDatabase } from '../testing/tenant-database.ts';
import { LIMITS, START } from '../testing/test-database.ts';
import { databaseRoles } from './database-roles.ts';

const any = z.looseObject({});

let database: TenantDatabase;

beforeAll(async () => {
  database = await TenantDatabase.start();
}, START);
afterAll(() => database[Symbol.asyncDispose]());

describe('the guard may', () => {
  it('read every fact', async () => {
    const facts = await readFacts(await database.as('guard'), 0, LIMITS);
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
    const connection = await database.as('guard');
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
    const connection = await database.as('guard');
    await expect(connection.query(any, statement, LIMITS)).rejects.toThrow(message);
  });

  it('into another database', async () => {
    await expect(database.as('guard', 'population')).rejects.toMatchObject({ trouble: 'AccessRefused' });
  });

  it('to stream', async () => {
    await expect(database.stream('guard')).rejects.toThrow(/rejects|no pg_hba.conf entry/);
  });
});
