import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { POD_SECURITY } from '../../operators/api/layout/tenant-namespaces.ts';
import { judgeDatabase } from '../commands/judge-writing.ts';
import { switchOff, switchOn } from '../commands/power.ts';
import { ledgerFile, readLedger } from '../ledger/ledger.ts';
import { rowEntrySchema } from '../ledger/ledger-entry.ts';
import { QUIET } from '../progress.ts';
import { apply, kubectl, testLab, testMachine } from '../testing/test-lab.ts';
import { ClerkSession, readFileDigests } from '../writer/clerk-session.ts';
import { digestOf } from '../writer/file-writer.ts';
import { connectToDatabase, runRowWriter } from '../writer/writers.ts';
import { applyTenants } from './apply-tenants.ts';
import { LICENCES } from './licences.ts';
import { keptPasswords } from './passwords.ts';
import { sampleDatabases, sampleTenants } from './sample-tenants.ts';
import { TENANT_SIZES } from './sample-tenant.ts';

const { instance } = testLab();
const production = testMachine('production');
const NAMESPACES = ['population', LICENCES];
const [population] = sampleDatabases(TENANT_SIZES.small);
if (population === undefined) throw new RangeError('there is a database');

/** How long the tenants are waited for. */
const PATIENCE = { timeout: 90_000, interval: 200 };

beforeAll(async () => {
  const namespaces = NAMESPACES.map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: POD_SECURITY },
  }));
  await apply(production, ...namespaces);
  const tenants = await sampleTenants(instance, TENANT_SIZES.small);
  await applyTenants(
    production,
    tenants.filter(({ name }) => NAMESPACES.includes(name)),
    QUIET,
  );
});
afterAll(() => kubectl(production, ['delete', 'namespace', ...NAMESPACES]));

/** Asks the database as its administrator, in its pod. */
async function ask(...statements: readonly string[]): Promise<string> {
  const { admin } = await keptPasswords(instance, 'population');
  const psql = ['psql', '--host=/tmp', '--username=postgres', '--no-psqlrc', '--tuples-only', '--no-align'];
  const commands = statements.map((statement) => `--command=${statement}`);
  return kubectl(production, [
    ...['--namespace=population', 'exec', 'population-db-0', '--', 'env', `PGPASSWORD=${admin}`],
    ...[...psql, '--dbname=population', ...commands],
  ]);
}

/** The numbers that the ledger of the writer says are kept. */
async function acknowledged(): Promise<readonly number[]> {
  const entries = await readLedger(ledgerFile(instance, 'population'), rowEntrySchema);
  return entries.filter(({ outcome }) => outcome === 'acknowledged').map(({ sequence }) => sequence);
}

describe('a database of a department', () => {
  test('has what protection needs of it', async () => {
    const settings = ['data_checksums', 'wal_level', 'ssl', 'password_encryption', 'server_version_num'];
    const shown = await ask(...settings.map((name) => `SHOW ${name}`));
    expect(shown.trim().split('\n')).toEqual([
      ...['on', 'replica', 'on', 'scram-sha-256'],
      expect.stringMatching(/^15/),
    ]);
    expect(await ask('SELECT count(*) FROM record')).toBe(`${TENANT_SIZES.small.people}\n`);
  });

  test('lets nobody in without TLS, nor the application into what is not its own', async () => {
    expect(await ask('SELECT DISTINCT type FROM pg_hba_file_rules WHERE address IS NOT NULL')).toBe(
      'hostssl\n',
    );
    const roles = 'SELECT rolname FROM pg_roles WHERE rolcanlogin AND (rolsuper OR rolreplication)';
    expect(await ask(roles)).toBe('postgres\n');
  });
});

describe('the writer of a database', () => {
  test('is told of every row that is there, over a power cut of the centre, and no row that it was told of is lost', async () => {
    const stop = new AbortController();
    const machines = [production];
    const writing = runRowWriter(population, {
      machines,
      rate: 50,
      say: () => undefined,
      signal: stop.signal,
    });
    await vi.waitFor(async () => {
      expect((await acknowledged()).length).toBeGreaterThan(20);
    }, PATIENCE);

    await switchOff(production, QUIET);
    const before = await acknowledged();
    await switchOn(production, QUIET);
    await vi.waitFor(async () => {
      expect((await acknowledged()).length).toBeGreaterThan(before.length + 20);
    }, PATIENCE);
    stop.abort();
    await writing;
    const judged = await judgeDatabase(population, machines);
    expect(judged).toMatchObject({ lost: [], altered: [], order: 'kept' });
    expect(judged.acknowledged).toBe((await acknowledged()).length);
    expect(judged.recoveryPoint?.sequence).toBe((await acknowledged()).at(-1));
  });

  test('counts on no row whose wait for the standby was cancelled, though it is there', async () => {
    const setting = (name: string): Promise<string> =>
      ask(`ALTER SYSTEM SET synchronous_standby_names = '${name}'`, 'SELECT pg_reload_conf()');
    const session = await connectToDatabase(population, instance, production.centre, { patience: 500 });
    try {
      const sequence = (await session.highestSequence()) + 1;
      await setting('nobody');
      await vi.waitFor(async () => {
        expect(await ask('SHOW synchronous_standby_names')).toBe('nobody\n');
      }, PATIENCE);
      expect(await session.write({ sequence, value: 'cancelled' })).toEqual({
        outcome: 'unsure',
        reason: 'canceling wait for synchronous replication due to user request',
        usable: true,
      });
      expect(await ask(`SELECT value FROM entry WHERE sequence = ${sequence}`)).toBe('cancelled\n');
      await setting('');
      await vi.waitFor(async () => {
        expect(await ask('SHOW synchronous_standby_names')).toBe('\n');
      }, PATIENCE);
      expect(await session.write({ sequence: sequence + 1, value: 'kept' })).toEqual({
        outcome: 'acknowledged',
      });
      const judged = await judgeDatabase(population, [production]);
      expect(judged.unacknowledged).toEqual(expect.arrayContaining([sequence]));
    } finally {
      await setting('');
      await session.close();
    }
  });
});

test('the clerk of the licence library puts files on the volume, changes and deletes them', async () => {
  const clerk = await ClerkSession.open(production);
  // Of what earlier writers left nothing may be touched.
  const before = await readFileDigests(production);
  const path = '9999/营业执照 000001.txt';
  const content = { lines: 3, text: 'first' };
  const done = { outcome: 'acknowledged' };
  try {
    expect(await clerk.change({ what: 'put', path, content })).toEqual(done);
    expect(await readFileDigests(production)).toEqual(new Map(before).set(path, digestOf(content)));
    const changed = { lines: 2, text: 'second' };
    expect(await clerk.change({ what: 'put', path, content: changed })).toEqual(done);
    expect(await readFileDigests(production)).toEqual(new Map(before).set(path, digestOf(changed)));
    expect(await clerk.change({ what: 'delete', path })).toEqual(done);
    expect(await readFileDigests(production)).toEqual(before);
    expect(await clerk.change({ what: 'delete', path })).toMatchObject({ outcome: 'unsure', usable: true });
  } finally {
    await clerk.close();
  }
  const files = await kubectl(production, [
    ...[`--namespace=${LICENCES}`, 'exec', `deployment/${LICENCES}`, '--'],
    ...['/bin/bash', '-c', 'find /licences/archive -type f | wc -l'],
  ]);
  expect(files).toBe(`${TENANT_SIZES.small.licences}\n`);
});
