import { escapeIdentifier, escapeLiteral } from 'pg';
import { z } from 'zod';
import {
  DATABASE_ACCESSES,
  SOURCE_SCHEMA,
  type DatabaseAccess,
  type DatasetName,
} from '../../../api/layout/source-access.ts';
import { SourceError } from '../../source-error.ts';
import type { CallLimits, SourceConnection } from '../connection/source-connection.ts';
import { SLOT_PREFIX } from '../slot-name.ts';
import type { AccessRequirement } from './access-requirement.ts';
import { databaseRoles, type DatabaseRoles } from './database-roles.ts';
import { roleRequirements } from './role-requirements.ts';
import { SCHEMA_MARK, schemaMark, schemaRequirements } from './schema-requirements.ts';
import { isVerifierOf, scramVerifier } from './scram-verifier.ts';

/** The roles of a dataset in its database, as a superuser sees, makes and takes them away. */
export class PreparedAccess {
  readonly roles: DatabaseRoles;
  readonly requirements: readonly AccessRequirement[];
  readonly #dataset: DatasetName;
  readonly #connection: SourceConnection;
  readonly #limits: CallLimits;

  private constructor(dataset: DatasetName, connection: SourceConnection, limits: CallLimits) {
    this.roles = databaseRoles(dataset);
    this.requirements = [...roleRequirements(this.roles), ...schemaRequirements(dataset, this.roles)];
    this.#dataset = dataset;
    this.#connection = connection;
    this.#limits = limits;
  }

  /**
   * @param connection of a superuser to the database `postgres`
   * @throws SourceError `NotAllowed` for another role, `ForeignInstance` where the instance is another dataset's
   */
  static async open(
    dataset: DatasetName,
    connection: SourceConnection,
    limits: CallLimits,
  ): Promise<PreparedAccess> {
    const row = z.object({ superuser: z.boolean(), role: z.string(), mark: z.string().nullable() });
    const text = `SELECT rolsuper AS superuser, rolname::text AS role, ${SCHEMA_MARK} AS mark
      FROM pg_roles WHERE rolname = current_user`;
    const [found] = await connection.query(row, text, limits);
    if (found?.superuser !== true) {
      throw new SourceError(
        'NotAllowed',
        `The role ${found?.role ?? ''} is no superuser: it cannot make roles that stream, nor give rights to parameters.`,
        'Run this as a superuser of the database, such as postgres; nothing was changed.',
      );
    }
    if (found.mark !== null && found.mark !== schemaMark(dataset)) {
      throw new SourceError(
        'ForeignInstance',
        `The instance is prepared for another dataset (${found.mark}).`,
        'An instance is one dataset: name all its databases there, or revoke that one first; nothing was changed.',
      );
    }
    return new PreparedAccess(dataset, connection, limits);
  }

  /** What is not as it has to be. */
  async missing(): Promise<AccessRequirement[]> {
    const columns = this.requirements.map(({ holds }) => `(${holds}) IS TRUE`);
    const row = z.object({ met: z.array(z.boolean()) });
    const [found] = await this.#connection.query(
      row,
      `SELECT ARRAY[${columns.join(', ')}] AS met`,
      this.#limits,
    );
    return this.requirements.filter((_, index) => found?.met[index] !== true);
  }

  /** Whether the password of a role is this one. */
  async hasPassword(access: DatabaseAccess, password: string): Promise<boolean> {
    const text = `SELECT rolpassword AS verifier FROM pg_authid WHERE rolname = ${escapeLiteral(this.roles[access])}`;
    const row = z.object({ verifier: z.string().nullable() });
    const [found] = await this.#connection.query(row, text, this.#limits);
    return found?.verifier != null && isVerifierOf(found.verifier, password);
  }

  /**
   * Makes what is missing and sets passwords, all or nothing. Others see it when `then` has been done too: where that fails,
   * nothing has happened here. Connections that there are go on.
   */
  async make(
    missing: readonly AccessRequirement[],
    passwords: Readonly<Partial<Record<DatabaseAccess, string>>>,
    then: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await this.#connection.transaction(async () => {
      await this.#connection.execute(
        missing.flatMap(({ make }) => make),
        this.#limits,
      );
      const statements = DATABASE_ACCESSES.flatMap((access) => {
        const password = passwords[access];
        if (password === undefined) return [];
        const verifier = escapeLiteral(scramVerifier(password));
        return `ALTER ROLE ${escapeIdentifier(this.roles[access])} PASSWORD ${verifier}`;
      });
      await this.#connection.execute(statements, this.#limits);
      await then();
    }, this.#limits);
  }

  /** What of it is there: roles and the schema. */
  async present(): Promise<string[]> {
    const names = Object.values(this.roles).map(escapeLiteral).join(', ');
    const text = `SELECT rolname::text AS name FROM pg_roles WHERE rolname IN (${names})
      UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspname = ${escapeLiteral(SOURCE_SCHEMA)}`;
    const rows = await this.#connection.query(z.object({ name: z.string() }), text, this.#limits);
    return rows.map(({ name }) => name);
  }

  /**
   * Takes all of it away again: connections, slots, rights, schema, roles.
   * @throws SourceError `StillCopied` while commits wait for a standby of zaibei, or one streams: that would stop the writers
   */
  async revoke(): Promise<void> {
    await this.#refuseWhileCopied();
    const slots = `SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE starts_with(slot_name, ${escapeLiteral(SLOT_PREFIX)})`;
    const present = new Set(await this.present());
    const roles = Object.values(this.roles).filter((role) => present.has(role));
    const names = roles.map(escapeIdentifier);
    const ended = `SELECT pg_terminate_backend(pid, ${this.#limits.deadline}) FROM pg_stat_activity WHERE usename = ANY (ARRAY[${roles.map(escapeLiteral).join(', ')}]::name[])`;
    // At once, so that none of them comes back between its end and that of its role.
    const closed = names.map((name) => `ALTER ROLE ${name} NOLOGIN`);
    await this.#connection.execute([...closed, ended, slots], this.#limits);
    await this.#connection.transaction(async () => {
      await this.#connection.execute(
        [
          `DROP SCHEMA IF EXISTS ${escapeIdentifier(SOURCE_SCHEMA)} CASCADE`,
          ...names.map((name) => `DROP OWNED BY ${name}`),
          ...names.map((name) => `DROP ROLE ${name}`),
        ],
        this.#limits,
      );
    }, this.#limits);
  }

  async #refuseWhileCopied(): Promise<void> {
    const row = z.object({ names: z.string(), active: z.array(z.string()) });
    const text = `SELECT current_setting('synchronous_standby_names') AS names,
      ARRAY(SELECT slot_name::text FROM pg_replication_slots WHERE active AND starts_with(slot_name, ${escapeLiteral(SLOT_PREFIX)})) AS active`;
    const [found] = await this.#connection.query(row, text, this.#limits);
    const waits = found?.names.includes(SLOT_PREFIX) === true;
    if (!waits && found?.active.length === 0) return;
    const { namespace, name } = this.#dataset;
    throw new SourceError(
      'StillCopied',
      waits
        ? `Commits wait for a standby of zaibei (synchronous_standby_names = ${found.names}).`
        : `A standby of zaibei streams (slot ${found?.active.join(', ') ?? ''}).`,
      `Set spec.suspend of ${namespace}/${name} first, and wait until its legs have ended; nothing was changed.`,
    );
  }
}
