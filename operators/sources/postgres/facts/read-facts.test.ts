import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgedFacts } from '../judgement/judged-facts.ts';
import { LIMITS, START, TestDatabase } from '../testing/test-database.ts';
import { valueOf } from './fact.ts';
import type { PostgresFacts } from './postgres-facts.ts';
import { readFacts } from './read-facts.ts';

const NOW = 1_795_400_000_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await TestDatabase.start({ settings: { max_slot_wal_keep_size: '64MB' } });
}, START);
afterAll(() => database[Symbol.asyncDispose]());

async function factsOf(of = database): Promise<PostgresFacts> {
  const connection = await of.connect();
  try {
    return await readFacts(connection, NOW, LIMITS);
  } finally {
    await connection.close();
  }
}

async function sql(...statements: string[]): Promise<void> {
  const connection = await database.connect();
  await connection.execute(statements, LIMITS);
  await connection.close();
}

describe('the facts of an instance', () => {
  it('are what the server says of itself, with the time at which they were read', async () => {
    const facts = await factsOf();
    expect(facts.takenAt).toBe(NOW);
    expect(valueOf(facts.server)).toMatchObject({ role: 'postgres', inRecovery: false });
    expect(Math.floor((valueOf(facts.server)?.version ?? 0) / 10_000)).toBe(15);
    expect(valueOf(facts.settings.data_checksums)).toBe('on');
    expect(valueOf(facts.settings.max_slot_wal_keep_size)).toBe('64MB');
    expect(valueOf(facts.control)?.systemIdentifier).toMatch(/^\d{15,20}$/);
    expect(valueOf(facts.walBytes)).toBeGreaterThan(0);
    expect(valueOf(facts.certificateExpires)).toBeGreaterThan(Date.now());
    expect(
      judgedFacts(facts)
        .filter(([, fact]) => !fact.known)
        .map(([name]) => name),
    ).toEqual([]);
  });

  it('do not pretend to know the free space of a disk', async () => {
    expect((await factsOf()).freeWalBytes).toMatchObject({ known: false });
  });

  it('have every database but templates, with its size', async () => {
    await sql('CREATE DATABASE population');
    const databases = valueOf((await factsOf()).databases) ?? [];
    expect(databases.map(({ name }) => name)).toEqual(['population', 'postgres']);
    expect(databases.every(({ bytes }) => bytes > 1_000_000)).toBe(true);
  });

  it('have each slot with the WAL that it keeps, and nothing for one that keeps none yet', async () => {
    await sql(
      "SELECT pg_create_physical_replication_slot('zb_kept', true)",
      "SELECT pg_create_physical_replication_slot('zb_new')",
      "SELECT pg_logical_emit_message(false, 'test', repeat('x', 100000))",
      'SELECT pg_switch_wal()',
    );
    const slots = valueOf((await factsOf()).slots) ?? [];
    expect(slots.map(({ name }) => name)).toEqual(['zb_kept', 'zb_new']);
    expect(slots[0]?.retainedBytes).toBeGreaterThan(100_000);
    expect(slots[1]?.retainedBytes).toBeNull();
  });

  it('have the roles and databases for which commits wait for less', async () => {
    await sql(
      'CREATE ROLE fast',
      'ALTER ROLE fast SET synchronous_commit = off',
      'ALTER DATABASE postgres SET synchronous_commit = local',
    );
    expect(valueOf((await factsOf()).commitOverrides)).toEqual([
      { role: 'fast', database: null, value: 'off' },
      { role: null, database: 'postgres', value: 'local' },
    ]);
  });

  it('are unknown, each with its reason, where the role may not read them', async () => {
    await sql("CREATE ROLE nobody LOGIN PASSWORD 'weak'");
    const connection = await database.connect({ user: 'nobody', password: 'weak' });
    const facts = await readFacts(connection, NOW, LIMITS);
    await connection.close();
    expect(facts.walBytes).toMatchObject({
      known: false,
      why: expect.stringContaining('permission') as string,
    });
    expect(facts.server.known).toBe(true);
  });

  it('are unknown as a whole once the connection is gone', async () => {
    const connection = await database.connect();
    await connection.close();
    const facts = await readFacts(connection, NOW, LIMITS);
    const read = judgedFacts(facts).filter(([, fact]) => fact.known);
    expect(read.map(([name]) => name)).toEqual(['certificateExpires']);
  });

  it('tell a standby, and who streams to it', async () => {
    await using standby = await TestDatabase.start({ standbyOf: database });
    await expect.poll(async () => valueOf((await factsOf()).walSenders)?.length, { timeout: 15_000 }).toBe(1);
    const own = await factsOf(standby);
    expect(valueOf(own.server)).toMatchObject({ inRecovery: true });
    expect(valueOf(own.control)).toEqual(valueOf((await factsOf()).control));
  });
});
