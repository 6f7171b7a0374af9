import { escapeIdentifier, escapeLiteral } from 'pg';
import { DATABASE_ACCESSES, type DatabaseAccess } from '../../../api/layout/source-access.ts';
import type { AccessRequirement } from './access-requirement.ts';
import type { DatabaseRoles } from './database-roles.ts';

/** What a role may be, beside being able to log in and to use what it is a member of. */
interface RoleShape {
  readonly replication: boolean;
  /** Rows that row security hides from everybody else are rows that a restored copy has to have. */
  readonly bypassRowSecurity: boolean;
  readonly connections: number;
  readonly memberOf: readonly string[];
}

const SHAPES: Readonly<Record<DatabaseAccess, RoleShape>> = {
  guard: { replication: false, bypassRowSecurity: false, connections: 10, memberOf: ['pg_monitor'] },
  replicate: { replication: true, bypassRowSecurity: false, connections: -1, memberOf: [] },
  verify: { replication: false, bypassRowSecurity: true, connections: 10, memberOf: ['pg_read_all_data'] },
};

/** Parameters of durability, which the guard sets and nobody else of zaibei. */
const GUARD_PARAMETERS = ['synchronous_standby_names', 'synchronous_commit', 'max_slot_wal_keep_size'];

/**
 * Reload, and the four functions by which pg_rewind reads the files of the cluster. They read below the data folder only;
 * that is all of the data, as bytes.
 */
const GUARD_FUNCTIONS = [
  'pg_catalog.pg_reload_conf()',
  'pg_catalog.pg_ls_dir(text, boolean, boolean)',
  'pg_catalog.pg_stat_file(text, boolean)',
  'pg_catalog.pg_read_binary_file(text)',
  'pg_catalog.pg_read_binary_file(text, bigint, bigint, boolean)',
];

/** The roles themselves, and what they may do with what the server has already. */
export function roleRequirements(roles: DatabaseRoles): AccessRequirement[] {
  return [
    ...DATABASE_ACCESSES.flatMap((access) => shape(roles[access], SHAPES[access])),
    ...GUARD_PARAMETERS.map((name) => parameter(roles.guard, name)),
    ...GUARD_FUNCTIONS.map((name) => systemFunction(roles.guard, name)),
    readOnly(roles.verify),
  ];
}

/** The oid of a role as SQL; null where there is none. */
export function roleOid(role: string): string {
  return `(SELECT oid FROM pg_roles WHERE rolname = ${escapeLiteral(role)})`;
}

function shape(
  role: string,
  { replication, bypassRowSecurity, connections, memberOf }: RoleShape,
): AccessRequirement[] {
  const name = escapeIdentifier(role);
  const members = `ARRAY[${memberOf.map(escapeLiteral).join(', ')}]::text[]`;
  const attributes = `rolcanlogin AND rolinherit AND NOT (rolsuper OR rolcreatedb OR rolcreaterole)
      AND rolreplication = ${replication} AND rolbypassrls = ${bypassRowSecurity} AND rolconnlimit = ${connections}`;
  const words = [
    'LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE',
    replication ? 'REPLICATION' : 'NOREPLICATION',
    bypassRowSecurity ? 'BYPASSRLS' : 'NOBYPASSRLS',
    `CONNECTION LIMIT ${connections}`,
  ];
  return [
    {
      need: 'role',
      subject: role,
      holds: `${roleOid(role)} IS NOT NULL`,
      make: [`CREATE ROLE ${name}`],
    },
    {
      need: 'attributes',
      subject: role,
      holds: `(SELECT ${attributes} FROM pg_roles WHERE rolname = ${escapeLiteral(role)})`,
      make: [`ALTER ROLE ${name} ${words.join(' ')}`],
    },
    {
      need: 'membership',
      subject: role,
      // Exactly: what it is a member of besides, somebody else gave it, and should take away again.
      holds: `${roleOid(role)} IS NOT NULL AND (SELECT coalesce(array_agg(rolname::text ORDER BY 1), '{}')
        FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = roleid WHERE member = ${roleOid(role)}) = ${members}`,
      make: memberOf.map((group) => `GRANT ${escapeIdentifier(group)} TO ${name}`),
    },
  ];
}

function parameter(role: string, name: string): AccessRequirement {
  return {
    need: 'parameter',
    subject: name,
    holds: `has_parameter_privilege(${roleOid(role)}, ${escapeLiteral(name)}, 'ALTER SYSTEM')`,
    make: [`GRANT ALTER SYSTEM ON PARAMETER ${escapeIdentifier(name)} TO ${escapeIdentifier(role)}`],
  };
}

function systemFunction(role: string, signature: string): AccessRequirement {
  return {
    need: 'function',
    subject: signature.replace('pg_catalog.', ''),
    holds: `has_function_privilege(${roleOid(role)}, to_regprocedure(${escapeLiteral(signature)}), 'EXECUTE')`,
    make: [`GRANT EXECUTE ON FUNCTION ${signature} TO ${escapeIdentifier(role)}`],
  };
}

function readOnly(role: string): AccessRequirement {
  return {
    need: 'readOnly',
    subject: role,
    holds: `EXISTS (SELECT FROM pg_db_role_setting WHERE setrole = ${roleOid(role)} AND setdatabase = 0
      AND 'default_transaction_read_only=on' = ANY (setconfig))`,
    make: [`ALTER ROLE ${escapeIdentifier(role)} SET default_transaction_read_only = on`],
  };
}
