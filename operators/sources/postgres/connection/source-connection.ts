import type { Client, ClientConfig } from 'pg';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import type { z } from 'zod';
import { connectionTrouble, noAnswer, statementTrouble } from './connection-trouble.ts';

/** Where a database is and who asks. Text of certificates and keys is PEM. */
export interface SourceTarget {
  /** Its certificate has to name it. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string | undefined;
  /** Certificate and key by which the client says who it is. */
  readonly identity?: { readonly certificate: string; readonly key: string } | undefined;
  /** Certificates of the authorities that may have signed the server's; absent: those that Node believes. */
  readonly authority?: string | undefined;
  /** What `pg_stat_activity` shows; never the name of a standby, for that would count as one. */
  readonly applicationName: string;
  /** Takes a password that is not given from `PGPASSWORD` or the file `PGPASSFILE`, as libpq does: for people. */
  readonly passwordOfShell?: boolean | undefined;
  /** Where to connect instead, such as the near end of a tunnel; the server still has to show the name `host`. */
  readonly via?: { readonly host: string; readonly port: number } | undefined;
}

/** How long a call may take. */
export interface CallLimits {
  /** In milliseconds. */
  readonly deadline: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A connection to a database that is protected. Always TLS, always with the server's name checked: what is refused there is
 * told, never gone around. Names are looked up in `pg_catalog` first and only, so that nothing a tenant made is called.
 */
export class SourceConnection {
  /** Who asks where, for messages: `zb-guard-… at 10.90.0.1:30432`. */
  readonly where: string;
  readonly #client: Client;
  #certificateExpires: number | undefined;
  #closed = false;

  private constructor(Driver: typeof Client, target: SourceTarget, limits: CallLimits) {
    this.where = `${target.user} at ${target.host}:${target.port}`;
    const seen = (certificate: PeerCertificate): void => {
      this.#certificateExpires = Date.parse(certificate.valid_to);
    };
    this.#client = new Driver(configuration(target, limits, seen));
    // The driver tells here of a connection that broke while nothing was asked.
    this.#client.on('error', () => {
      this.#closed = true;
    });
    this.#client.on('end', () => {
      this.#closed = true;
    });
  }

  /** Opens a connection. @throws SourceError */
  static async open(target: SourceTarget, limits: CallLimits): Promise<SourceConnection> {
    // Loaded by the first that needs it: an operator starts, and stands by, without.
    const { Client: Driver } = await import('pg');
    const connection = new SourceConnection(Driver, target, limits);
    try {
      await connection.#within(connection.#client.connect(), limits);
    } catch (error) {
      await connection.close();
      limits.signal?.throwIfAborted();
      throw connectionTrouble(error, connection.where);
    }
    return connection;
  }

  /** When the certificate expires that the server showed, in wall-clock milliseconds. */
  get certificateExpires(): number | undefined {
    return this.#certificateExpires;
  }

  /** Whether it broke or was closed; then it stays so. */
  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Asks one statement and reads its rows. What comes late ends the connection: what a database still does for somebody
   * who went away is not known.
   * @throws SourceError; ZodError where the server answers with something else than was asked for
   */
  async query<Row extends z.ZodType>(
    row: Row,
    text: string,
    limits: CallLimits,
    values: readonly unknown[] = [],
  ): Promise<z.output<Row>[]> {
    try {
      const { rows } = await this.#within(this.#client.query<object>(text, [...values]), limits);
      return rows.map((each) => row.parse(each));
    } catch (error) {
      limits.signal?.throwIfAborted();
      throw statementTrouble(error, this.where);
    }
  }

  /** Does statements that answer with nothing, one after the other. @throws SourceError of the first that is refused */
  async execute(statements: readonly string[], limits: CallLimits): Promise<void> {
    for (const statement of statements) {
      try {
        await this.#within(this.#client.query(statement), limits);
      } catch (error) {
        limits.signal?.throwIfAborted();
        throw statementTrouble(error, this.where);
      }
    }
  }

  /** Does all or nothing of what `work` does on this connection. @throws whatever the work throws, SourceError */
  async transaction<T>(work: () => Promise<T>, limits: CallLimits): Promise<T> {
    await this.execute(['BEGIN'], limits);
    try {
      const result = await work();
      await this.execute(['COMMIT'], limits);
      return result;
    } catch (error) {
      // A connection that broke has rolled back by itself.
      if (!this.#closed) await this.execute(['ROLLBACK'], limits).catch(() => undefined);
      throw error;
    }
  }

  /** Ends it, also in the middle of a query. Never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#client.end().catch(() => undefined);
  }

  async #within<T>(work: Promise<T>, { deadline, signal }: CallLimits): Promise<T> {
    const over = AbortSignal.timeout(deadline);
    const either = signal === undefined ? over : AbortSignal.any([over, signal]);
    const given = Promise.withResolvers<never>();
    const giveUp = (): void => {
      given.reject(noAnswer(this.where, deadline));
      void this.close();
    };
    if (either.aborted) giveUp();
    else either.addEventListener('abort', giveUp);
    try {
      return await Promise.race([work, given.promise]);
    } finally {
      either.removeEventListener('abort', giveUp);
      // Whichever lost the race has nobody to tell.
      work.catch(() => undefined);
      given.promise.catch(() => undefined);
    }
  }
}

function configuration(
  target: SourceTarget,
  { deadline }: CallLimits,
  seen: (certificate: PeerCertificate) => void,
): ClientConfig {
  const { host, port, database, user, password, identity, authority, applicationName, via, passwordOfShell } =
    target;
  return {
    host: via?.host ?? host,
    port: via?.port ?? port,
    database,
    user,
    // A function: where it has none, the driver would look into files and variables of its own, also for an empty text.
    ...(password === undefined && passwordOfShell === true ? {} : { password: () => password ?? '' }),
    application_name: applicationName,
    statement_timeout: deadline,
    lock_timeout: deadline,
    keepAlive: true,
    options: '-c search_path=pg_catalog,pg_temp',
    ssl: {
      minVersion: 'TLSv1.2',
      ...(authority !== undefined && { ca: authority }),
      ...(identity && { cert: identity.certificate, key: identity.key }),
      // Asked for the name that was typed: the driver tells TLS no address, and it would compare with "localhost".
      checkServerIdentity: (_name, certificate) => {
        seen(certificate);
        return checkServerIdentity(host, certificate);
      },
    },
  };
}
