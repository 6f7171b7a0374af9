import {
  LIMITS,
  TestDatabase,
  type TestDatabaseOptions,
} from '../../../operators/sources/postgres/testing/test-database.ts';
import { PreparedSite } from './prepared-site.ts';

/** Without a cap of slots an instance is warned of, which no test here is about. */
const SETTINGS = { max_slot_wal_keep_size: '1GB' };

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
