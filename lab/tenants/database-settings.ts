import type { LabInstance } from '../instance.ts';
import type { TenantPods } from './sample-tenant.ts';

/** A database of the lab: one instance of PostgreSQL with one database for one application. */
export interface SampleDatabase {
  /** Namespace, and name of the database. */
  readonly tenant: string;
  /** Where it answers on the nodes of whichever centre is home; as in its Dataset. */
  readonly nodePort: number;
  /** Rows that it begins with. */
  readonly rows: number;
}

/** Name of its Service and StatefulSet, and label `app` of its pods; as in its Dataset. */
export function databaseName({ tenant }: Pick<SampleDatabase, 'tenant'>): string {
  return `${tenant}-db`;
}

/** Where the pods of the database are. */
export function databasePods(database: Pick<SampleDatabase, 'tenant'>): TenantPods {
  return { name: database.tenant, podLabels: { app: databaseName(database) } };
}

/** Role of the application: owns the tables, and is nothing more. */
export function applicationRole({ tenant }: Pick<SampleDatabase, 'tenant'>): string {
  return `${tenant}_app`;
}

/** Role of the administrator: superuser, as initdb makes it. */
export const ADMINISTRATOR = 'postgres';

/** Secret with user name and password of the administrator, in the layout that Kubernetes has for both. */
export function administratorSecretName(database: Pick<SampleDatabase, 'tenant'>): string {
  return `${databaseName(database)}-admin`;
}

/** Where the certificate of the database and the authority of the site lie in its pod. */
export const TLS_FOLDER = '/tls';

/**
 * Settings of the instance besides PostgreSQL's own: fit for the quota of a small tenant, and what a replica needs of it.
 * They are written into its data once, and not on the command line, where they would outrank every ALTER SYSTEM.
 */
export const DATABASE_SETTINGS = `
listen_addresses = '*'
unix_socket_directories = '/tmp'
max_connections = 60
shared_buffers = 64MB
maintenance_work_mem = 32MB
max_wal_size = 256MB
jit = off
password_encryption = 'scram-sha-256'
ssl = on
ssl_cert_file = '${TLS_FOLDER}/tls.crt'
ssl_key_file = '${TLS_FOLDER}/tls.key'
ssl_ca_file = '${TLS_FOLDER}/ca.crt'
wal_level = replica
max_wal_senders = 10
max_replication_slots = 10
wal_sender_timeout = 10s
wal_receiver_timeout = 10s
`;

/** Where a person comes from who enters through the API server (`kubectl port-forward`): the loopback of the pod. */
const THROUGH_API_SERVER = '127.0.0.1/32';

/**
 * Who may ask for what, and from where. Only TLS, only with a password, only from the pod networks of the site's centres and,
 * for its administrator, through the API server: the file travels with every clone, and must be right wherever the database
 * wakes up.
 */
export function hostRules(database: SampleDatabase, { centres }: LabInstance): string {
  const lines = centres.flatMap(({ podCidr }) => [
    `hostssl ${database.tenant} ${applicationRole(database)} ${podCidr} scram-sha-256`,
    `hostssl all ${ADMINISTRATOR} ${podCidr} scram-sha-256`,
  ]);
  const administrator = `hostssl all ${ADMINISTRATOR} ${THROUGH_API_SERVER} scram-sha-256`;
  return ['local all all scram-sha-256', administrator, ...lines, ''].join('\n');
}

/**
 * What the application has made of its database, and what it begins with.
 * psql fills in `:name`, `:'name'` and `:"name"`.
 */
export const FIRST_SQL = `
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"database" OWNER :"role";
\\connect :"database"
SET ROLE :"role";
CREATE TABLE entry (
  sequence bigint PRIMARY KEY,
  value text NOT NULL,
  written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE entry IS 'rows of the writer of the lab; its ledger knows them';
CREATE TABLE record (
  id bigint PRIMARY KEY,
  content text NOT NULL
);
INSERT INTO record SELECT id, '实验记录 ' || id || ' ' || md5(id::text) FROM generate_series(1, :rows) AS id;
`;
