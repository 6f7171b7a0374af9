import type { DatabaseAccess } from '../../../api/layout/source-access.ts';
import type { SourceConnection } from '../connection/source-connection.ts';
import { connectAs, prepareDatabase, targetOf, type Passwords } from './prepared-database.ts';
import { runProgram } from './server-programs.ts';
import { LIMITS, TestDatabase } from './test-database.ts';

/** A prepared database with something of a tenant in it, and connections of the roles to try what they may. */
export class TenantDatabase implements AsyncDisposable {
  readonly server: TestDatabase;
  readonly passwords: Passwords;
  readonly #connections = new Map<string, SourceConnection>();

  private constructor(server: TestDatabase, passwords: Passwords) {
    this.server = server;
    this.passwords = passwords;
  }

  static async start(): Promise<TenantDatabase> {
    const server = await TestDatabase.start();
    const owner = await server.connect();
    await owner.execute(
      [
        'CREATE DATABASE population',
        'CREATE TABLE public.tenant_of_postgres (secret text)',
        "INSERT INTO public.tenant_of_postgres VALUES ('a row')",
      ],
      LIMITS,
    );
    await owner.close();
    const tenant = await server.connect({ database: 'population' });
    await tenant.execute(
      [
        'CREATE TABLE public.citizen (id int PRIMARY KEY, name text)',
        "INSERT INTO public.citizen SELECT n, 'name ' || n FROM generate_series(1, 100) n",
        'ALTER TABLE public.citizen ENABLE ROW LEVEL SECURITY',
      ],
      LIMITS,
    );
    await tenant.close();
    return new TenantDatabase(server, await prepareDatabase(server));
  }

  /** A connection of a role, kept for the next who asks. */
  async as(access: DatabaseAccess, into = 'postgres'): Promise<SourceConnection> {
    const key = `${access} ${into}`;
    const known = this.#connections.get(key);
    if (known?.closed === false) return known;
    const made = await connectAs(this.server, access, this.passwords, { database: into });
    this.#connections.set(key, made);
    return made;
  }

  /** Runs a base backup as a role, into nothing. */
  async stream(access: DatabaseAccess): Promise<string> {
    const { user, password, identity } = await targetOf(this.server, access, this.passwords);
    const { host, port, authority } = this.server;
    const environment = {
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: await this.server.keepFile('client-ca.crt', authority.certificate),
      PGSSLCERT: await this.server.keepFile(`${user}.crt`, identity?.certificate ?? ''),
      PGSSLKEY: await this.server.keepFile(`${user}.key`, identity?.key ?? ''),
      PGPASSWORD: password,
    };
    const where = ['-h', host, '-p', String(port), '-U', user];
    return runProgram(
      'pg_basebackup',
      [...where, '--target=blackhole', '-X', 'none', '-c', 'fast'],
      environment,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const connection of this.#connections.values()) await connection.close();
    await this.server[Symbol.asyncDispose]();
  }
}
