import { z } from 'zod';
import type {
  CommitOverride,
  ControlFacts,
  DatabaseFacts,
  LibraryFacts,
  ServerFacts,
  SlotFacts,
  WalSenderFacts,
} from './postgres-facts.ts';

/** A statement and the shape of its rows. Each is asked by itself: what one right lacks does not hide the rest. */
export interface FactQuery<Row> {
  readonly text: string;
  readonly row: z.ZodType<Row>;
}

/** What a WAL position is measured from; the standby of a chain knows where it has received to. */
const POSITION =
  'CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_flush_lsn() END';

export const SERVER: FactQuery<ServerFacts> = {
  text: `SELECT current_setting('server_version_num')::int AS version, current_user::text AS role,
    pg_is_in_recovery() AS "inRecovery",
    extract(epoch FROM pg_postmaster_start_time())::float8 * 1000 AS "startedAt",
    coalesce(pg_wal_lsn_diff(${POSITION}, '0/0'), 0)::text AS "walPosition"`,
  row: z.object({
    version: z.int(),
    role: z.string(),
    inRecovery: z.boolean(),
    startedAt: z.number(),
    walPosition: z.string().transform(BigInt),
  }),
};

export const SETTING_VALUES: FactQuery<{ name: string; value: string }> = {
  text: `SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY ($1)`,
  row: z.object({ name: z.string(), value: z.string() }),
};

export const CONTROL: FactQuery<ControlFacts> = {
  text: `SELECT system_identifier::text AS "systemIdentifier", timeline_id AS timeline
    FROM pg_control_system(), pg_control_checkpoint()`,
  row: z.object({ systemIdentifier: z.string(), timeline: z.int() }),
};

export const SLOTS: FactQuery<SlotFacts> = {
  text: `SELECT slot_name::text AS name, slot_type = 'physical' AS physical, active, wal_status AS "walStatus",
    pg_wal_lsn_diff(${POSITION}, restart_lsn)::float8 AS "retainedBytes", safe_wal_size::float8 AS "safeBytes"
    FROM pg_replication_slots ORDER BY 1`,
  row: z.object({
    name: z.string(),
    physical: z.boolean(),
    active: z.boolean(),
    walStatus: z.string().nullable(),
    retainedBytes: z.number().nullable(),
    safeBytes: z.number().nullable(),
  }),
};

export const WAL_SENDERS: FactQuery<WalSenderFacts> = {
  text: `SELECT application_name AS "applicationName", usename::text AS role, host(client_addr) AS "clientAddress", state,
    sync_state AS "syncState", pg_wal_lsn_diff(${POSITION}, flush_lsn)::float8 AS "unflushedBytes",
    extract(epoch FROM reply_time)::float8 * 1000 AS "repliedAt"
    FROM pg_stat_replication ORDER BY 1, 2`,
  // Without the right to see them, rows come with nothing in them: that is no sender without a name, but a failure.
  row: z.object({
    applicationName: z.string(),
    role: z.string(),
    clientAddress: z.string().nullable(),
    state: z.string(),
    syncState: z.string(),
    unflushedBytes: z.number().nullable(),
    repliedAt: z.number().nullable(),
  }),
};

export const DATABASES: FactQuery<DatabaseFacts> = {
  text: `SELECT datname::text AS name, pg_database_size(oid)::float8 AS bytes, datallowconn AS "allowsConnections",
    datcollversion AS "collationVersion", pg_database_collation_actual_version(oid) AS "actualCollationVersion"
    FROM pg_database WHERE NOT datistemplate ORDER BY 1`,
  row: z.object({
    name: z.string(),
    bytes: z.number(),
    allowsConnections: z.boolean(),
    collationVersion: z.string().nullable(),
    actualCollationVersion: z.string().nullable(),
  }),
};

/** Any collation of a provider tells the version of its library; the C collations have none. */
export const LIBRARIES: FactQuery<LibraryFacts> = {
  text: `SELECT max(pg_collation_actual_version(oid)) FILTER (WHERE collprovider = 'c') AS libc,
    max(pg_collation_actual_version(oid)) FILTER (WHERE collprovider = 'i') AS icu FROM pg_collation`,
  row: z.object({ libc: z.string().nullable(), icu: z.string().nullable() }),
};

export const COMMIT_OVERRIDES: FactQuery<CommitOverride> = {
  text: `SELECT rolname::text AS role, datname::text AS database, split_part(entry, '=', 2) AS value
    FROM pg_db_role_setting CROSS JOIN unnest(setconfig) AS entry
    LEFT JOIN pg_roles ON pg_roles.oid = setrole LEFT JOIN pg_database ON pg_database.oid = setdatabase
    WHERE entry LIKE 'synchronous\\_commit=%' ORDER BY 1, 2`,
  row: z.object({ role: z.string().nullable(), database: z.string().nullable(), value: z.string() }),
};

export const WAL_BYTES: FactQuery<{ bytes: number }> = {
  text: `SELECT coalesce(sum(size), 0)::float8 AS bytes FROM pg_ls_waldir()`,
  row: z.object({ bytes: z.number() }),
};
