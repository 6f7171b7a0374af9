import type { DatabaseAccess } from '../../../api/layout/source-access.ts';
import { databaseRoles } from '../access/database-roles.ts';
import { HbaFile } from '../access/hba-file.ts';
import { hbaBlock, hbaRules, withHbaBlock } from '../access/hba-rules.ts';
import { PreparedAccess } from '../access/prepared-access.ts';
import { newPassword } from '../access/scram-verifier.ts';
import { SourceConnection, type SourceTarget } from '../connection/source-connection.ts';
import { LIMITS, type TestDatabase } from './test-database.ts';

/** The dataset of tests. */
export const POPULATION = { namespace: 'population', name: 'people' };

const NETWORKS = ['127.0.0.1/32'];

/** Passwords of the three roles. */
export type Passwords = Readonly<Record<DatabaseAccess, string>>;

/** Does by hand what `zaibei dataset prepare` does, and returns the passwords that it gave. */
export async function prepareDatabase(database: TestDatabase, dataset = POPULATION): Promise<Passwords> {
  const connection = await database.connect();
  const access = await PreparedAccess.open(dataset, connection, LIMITS);
  const passwords = { guard: newPassword(), replicate: newPassword(), verify: newPassword() };
  await access.make(await access.missing(), passwords);
  const file = new HbaFile(connection, LIMITS);
  const before = await file.read();
  const block = hbaBlock(dataset, hbaRules(access.roles, NETWORKS));
  await file.replace(before, withHbaBlock(before, dataset, block));
  await connection.close();
  return passwords;
}

/** How a role of a dataset connects: by password and certificate. */
export async function targetOf(
  database: TestDatabase,
  access: DatabaseAccess,
  passwords: Passwords,
  differs: Partial<SourceTarget> = {},
): Promise<SourceTarget> {
  const user = databaseRoles(POPULATION)[access];
  const identity = await database.identity(user);
  return database.target({ user, password: passwords[access], identity, ...differs });
}

/** A connection of a role of a dataset. */
export async function connectAs(
  database: TestDatabase,
  access: DatabaseAccess,
  passwords: Passwords,
  differs: Partial<SourceTarget> = {},
): Promise<SourceConnection> {
  return SourceConnection.open(await targetOf(database, access, passwords, differs), LIMITS);
}
