import {
  accessIdentity,
  DATABASE_ACCESSES,
  type DatabaseAccess,
  type DatasetName,
} from '../../../api/layout/source-access.ts';

/** The roles of a dataset in its database, one for each way of access. */
export type DatabaseRoles = Readonly<Record<DatabaseAccess, string>>;

/** The names of the roles of a dataset. */
export function databaseRoles(dataset: DatasetName): DatabaseRoles {
  const roles = DATABASE_ACCESSES.map((access) => [access, accessIdentity(access, dataset)]);
  return Object.fromEntries(roles) as DatabaseRoles; // one entry for each access
}
