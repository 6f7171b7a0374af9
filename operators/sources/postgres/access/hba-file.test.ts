import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceConnection } from '../connection/source-connection.ts';
import { POPULATION, prepareDatabase } from '../testing/prepared-database.ts';
import { LIMITS, START, TestDatabase } from '../testing/test-database.ts';
import { databaseRoles } from './database-roles.ts';
import { HbaFile } from './hba-file.ts';
import { hbaBlock, hbaHolds, hbaRules, withHbaBlock } from './hba-rules.ts';

const roles = databaseRoles(POPULATION);

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

describe('pg_hba.conf', () => {
  it('lets our roles in by our lines, which come first', async () => {
    await prepareDatabase(database);
    const file = new HbaFile(admin, LIMITS);
    const wanted = hbaRules(roles, ['127.0.0.1/32']);
    expect(hbaHolds(await file.rules(), wanted)).toBe(true);
    expect(await file.isLoaded()).toBe(true);
    expect(hbaHolds(await file.rules(), hbaRules(roles, ['10.0.0.0/8', '127.0.0.1/32']))).toBe(false);
  });

  it('is as it was when a line of ours is wrong, and the server never loads that line', async () => {
    await prepareDatabase(database);
    const file = new HbaFile(admin, LIMITS);
    const before = await file.read();
    const wrong = hbaBlock(POPULATION, hbaRules(roles, ['10.0.0.0/8'])).replaceAll(
      '10.0.0.0/8',
      '10.0.0.0/99',
    );
    await expect(file.replace(before, withHbaBlock(before, POPULATION, wrong))).rejects.toMatchObject({
      trouble: 'HbaNotWritten',
      message: expect.stringMatching(/Line 2 .* wrong/) as string,
    });
    expect(await file.read()).toBe(before);
    await (await database.connect()).close();
  });

  it('is told of as not to be written where the server may not write beside it', async () => {
    await prepareDatabase(database);
    const file = new HbaFile(admin, LIMITS);
    const before = await file.read();
    await database.withReadOnlyData(async () => {
      await expect(file.replace(before, `${before}# more\n`)).rejects.toMatchObject({
        trouble: 'HbaNotWritten',
        remedy: expect.stringContaining('by hand') as string,
      });
    });
    expect(await file.read()).toBe(before);
  });
});
