import { escapeIdentifier, escapeLiteral } from 'pg';
import { SOURCE_SCHEMA, type DatasetName } from '../../../api/layout/source-access.ts';
import { SLOT_PREFIX } from '../slot-name.ts';
import type { AccessRequirement } from './access-requirement.ts';
import type { DatabaseRoles } from './database-roles.ts';
import { roleOid } from './role-requirements.ts';

/** Table with the one row that the guard writes again and again: what a copy has of it tells how old the copy is. */
export const HEARTBEAT = `${SOURCE_SCHEMA}.heartbeat`;

/** Functions by which the guard makes and drops slots, without being able to stream. */
export const SLOT_FUNCTIONS = {
  create: `${SOURCE_SCHEMA}.create_slot`,
  drop: `${SOURCE_SCHEMA}.drop_slot`,
} as const;

const SEARCH_PATH = 'pg_catalog, pg_temp';

/** The schema of zaibei in the database `postgres`. It says whose it is: an instance is one dataset. */
export function schemaRequirements(dataset: DatasetName, roles: DatabaseRoles): AccessRequirement[] {
  const schema = escapeIdentifier(SOURCE_SCHEMA);
  const mark = escapeLiteral(schemaMark(dataset));
  return [
    {
      need: 'schema',
      subject: SOURCE_SCHEMA,
      holds: `${SCHEMA_MARK} = ${mark}`,
      make: [
        `CREATE SCHEMA IF NOT EXISTS ${schema}`,
        `REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`,
        `COMMENT ON SCHEMA ${schema} IS ${mark}`,
      ],
    },
    {
      need: 'schema',
      subject: roles.guard,
      holds: `has_schema_privilege(${roleOid(roles.guard)}, to_regnamespace(${escapeLiteral(SOURCE_SCHEMA)})::oid, 'USAGE')`,
      make: [`GRANT USAGE ON SCHEMA ${schema} TO ${escapeIdentifier(roles.guard)}`],
    },
    ...heartbeat(roles.guard),
    ...slotFunction(SLOT_FUNCTIONS.create, 'pg_lsn', CREATE_SLOT, roles),
    ...slotFunction(SLOT_FUNCTIONS.drop, 'void', DROP_SLOT, roles),
  ];
}

/** What the comment of the schema says. */
export function schemaMark({ namespace, name }: DatasetName): string {
  return `zaibei: ${namespace}/${name}`;
}

/** The comment of the schema as SQL; null where there is no schema. */
export const SCHEMA_MARK = `obj_description(to_regnamespace('${SOURCE_SCHEMA}')::oid, 'pg_namespace')`;

function heartbeat(guard: string): AccessRequirement[] {
  const table = `to_regclass(${escapeLiteral(HEARTBEAT)})::oid`;
  const may = (right: string): string => `has_table_privilege(${roleOid(guard)}, ${table}, '${right}')`;
  return [
    {
      need: 'heartbeat',
      subject: HEARTBEAT,
      holds: `${table} IS NOT NULL`,
      make: [
        `CREATE TABLE ${HEARTBEAT} (id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1), beat bigint NOT NULL, written_at timestamptz NOT NULL)`,
      ],
    },
    {
      need: 'heartbeat',
      subject: guard,
      holds: `${may('SELECT')} AND ${may('INSERT')} AND ${may('UPDATE')}`,
      make: [`GRANT SELECT, INSERT, UPDATE ON ${HEARTBEAT} TO ${escapeIdentifier(guard)}`],
    },
  ];
}

/** Whoever is refused here is refused as by the server: SQLSTATE 42501. */
const CHECK_NAME = `IF slot !~ '^${SLOT_PREFIX}[a-z0-9_]{1,60}$' THEN
    RAISE EXCEPTION 'the slot "%" is not one of zaibei: their names are ${SLOT_PREFIX}…', slot USING ERRCODE = '42501';
  END IF;`;

const CREATE_SLOT = `
DECLARE reserved pg_lsn;
BEGIN
  ${CHECK_NAME}
  SELECT lsn INTO reserved FROM pg_create_physical_replication_slot(slot, true);
  RETURN reserved;
END`;

const DROP_SLOT = `
BEGIN
  ${CHECK_NAME}
  PERFORM pg_drop_replication_slot(slot);
END`;

/** It runs as the role that may stream, which owns it, and so does no more than that one thing for the guard. */
function slotFunction(
  name: string,
  returns: string,
  body: string,
  { guard, replicate }: DatabaseRoles,
): AccessRequirement[] {
  const signature = `${name}(text)`;
  const oid = `to_regprocedure(${escapeLiteral(signature)})`;
  return [
    {
      need: 'slotFunction',
      subject: signature,
      holds: `EXISTS (SELECT FROM pg_proc WHERE oid = ${oid} AND prosecdef AND prosrc = ${escapeLiteral(body)}
        AND proconfig = ARRAY[${escapeLiteral(`search_path=${SEARCH_PATH}`)}] AND proowner = ${roleOid(replicate)})
        AND NOT has_function_privilege('public', ${oid}, 'EXECUTE')`,
      make: [
        `CREATE OR REPLACE FUNCTION ${name}(slot text) RETURNS ${returns} LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${SEARCH_PATH} AS ${escapeLiteral(body)}`,
        `ALTER FUNCTION ${signature} OWNER TO ${escapeIdentifier(replicate)}`,
        `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`,
      ],
    },
    {
      need: 'slotFunction',
      subject: guard,
      holds: `has_function_privilege(${roleOid(guard)}, ${oid}, 'EXECUTE')`,
      make: [`GRANT EXECUTE ON FUNCTION ${signature} TO ${escapeIdentifier(guard)}`],
    },
  ];
}
