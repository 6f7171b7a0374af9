import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  LIMITS,
  START,
  TestDatabase,
  type TestDatabaseOptions,
} from '../../../operators/sources/postgres/testing/test-database.ts';
import { PreparedSite } from './prepared-site.ts';

/** Without a cap of slots an instance is warned of, which no test here is about. */
const SETTINGS = { max_slot_wal_keep_size: '1GB' };

/** What a test prepares: a database that all tests of a file share, and a site of its own. */
export interface DatabaseFixture {
  readonly database: TestDatabase;
  readonly site: PreparedSite;
}

/** Gives every test of a file such a database with nothing prepared in it, and a site. */
export function databaseFixture(): DatabaseFixture {
  let database: TestDatabase | undefined;
  let site: PreparedSite | undefined;
  const made = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error('it is there within a test only');
    return one;
  };
  const fixture = {
    get database() {
      return made(database);
    },
    get site() {
      return made(site);
    },
  };
  beforeAll(async () => {
    database = await populatedDatabase();
  }, START);
  beforeEach(async () => {
    site = await siteOf(fixture.database);
    return async () => {
      await fixture.site.call(fixture.database, { revoke: true });
      await fixture.site[Symbol.asyncDispose]();
    };
  });
  afterAll(() => database?.[Symbol.asyncDispose]());
  return fixture;
}

/** A database as the catalogue of the lab has it: with `population` in it. */
export async function populatedDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const made = await TestDatabase.start({ ...options, settings: { ...SETTINGS, ...options.settings } });
  // Nobody can enter one whose certificate names another address, nor write a standby.
  if (options.certificateName !== undefined || options.standbyOf !== undefined) return made;
  const owner = await made.connect();
  await owner.execute(['CREATE DATABASE population'], LIMITS);
  await owner.close();
  return made;
}

/** The lab's site with the authority of a database, and its key. */
export async function siteOf({ authority }: TestDatabase): Promise<PreparedSite> {
  return PreparedSite.open(
    { certificate: authority.certificate, key: await authority.exportKey() },
    'population',
  );
}
