import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PresentRow } from '../ledger/judge-rows.ts';
import type { Row, RowSession, WriteOutcome } from './row-writer.ts';

/** How a writer gets into its database. */
export interface DatabaseAccess {
  /** Opens a connection to the database. */
  readonly dial: () => Promise<Socket>;
  /** Address by which the certificate of the database must know it. */
  readonly address: string;
  /** The authority that must have signed that certificate, as PEM. */
  readonly authority: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** Milliseconds after which a commit that does not return is cancelled, as the drivers of applications do. */
const PATIENCE = 60_000;

/** Milliseconds that a cancelled commit has to return before its connection is dropped. */
const LAST_WORDS = 5_000;

/** Code of messages that warn of nothing. */
const FINE = '00000';

/** A connection to a database that takes rows. */
export class DatabaseSession implements RowSession {
  readonly #access: DatabaseAccess;
  readonly #socket: Socket;
  readonly #client: pg.Client;
  readonly #patience: number;
  #warnings: string[] = [];

  private constructor(access: DatabaseAccess, socket: Socket, patience: number) {
    this.#access = access;
    this.#socket = socket;
    this.#patience = patience;
    this.#client = clientOver(socket, access);
    // By the code: the words come in the language of the server, and a WARNING may be of any class but this one.
    this.#client.on('notice', ({ code, message }) => {
      if (code !== FINE) this.#warnings.push(message ?? `code ${code ?? 'unknown'}`);
    });
    // Whoever waits for an answer is told by that; without this, one that comes between two rows would end the process.
    this.#client.on('error', () => undefined);
  }

  /** Connects, and makes sure that rows can be written there. @throws Error when it cannot, or may not */
  static async open(access: DatabaseAccess, patience = PATIENCE): Promise<DatabaseSession> {
    const session = new DatabaseSession(access, await access.dial(), patience);
    try {
      await session.#client.connect();
      // Nothing the role or the database was given may hide the warning that decides.
      await session.#client.query('SET client_min_messages = warning');
      const { rows } = await session.#client.query<{ readonly: boolean }>(
        "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS readonly",
      );
      if (rows[0]?.readonly !== false) throw new Error('it is a standby, or read-only');
      return session;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  async highestSequence(): Promise<number> {
    const { rows } = await this.#client.query<{ highest: string | null }>(
      'SELECT max(sequence) AS highest FROM entry',
    );
    return Number(rows[0]?.highest ?? 0);
  }

  /** Number and digest of every row; the values stay where they are. */
  async presentRows(): Promise<readonly PresentRow[]> {
    const { rows } = await this.#client.query<{ sequence: string; digest: string }>(
      "SELECT sequence, encode(sha256(convert_to(value, 'UTF8')), 'hex') AS digest FROM entry",
    );
    return rows.map(({ sequence, digest }) => ({ sequence: Number(sequence), digest }));
  }

  async write({ sequence, value }: Row): Promise<WriteOutcome> {
    await this.#client.query('BEGIN');
    await this.#client.query('INSERT INTO entry (sequence, value) VALUES ($1, $2)', [sequence, value]);
    this.#warnings = [];
    const deadlines = [
      setTimeout(() => void this.#cancel(), this.#patience),
      setTimeout(() => this.#socket.destroy(), this.#patience + LAST_WORDS),
    ];
    try {
      const { command } = await this.#client.query('COMMIT');
      // A transaction that has failed ends with ROLLBACK, and no error.
      if (command !== 'COMMIT')
        return { outcome: 'unsure', reason: `COMMIT ended with ${command}`, usable: false };
      const [warning] = this.#warnings;
      return warning === undefined
        ? { outcome: 'acknowledged' }
        : { outcome: 'unsure', reason: warning, usable: true };
    } catch (error) {
      // Sent, and not answered: the row may be there.
      return { outcome: 'unsure', reason: messageOf(error), usable: false };
    } finally {
      deadlines.forEach(clearTimeout);
    }
  }

  /**
   * Does what a driver does when its time is over: it has the server cancel the statement. The wait for the standby ends,
   * and the transaction is committed all the same, with a warning.
   */
  async #cancel(): Promise<void> {
    const { processID } = this.#client as pg.Client & { processID: number }; // the library's type leaves it out
    try {
      const second = clientOver(await this.#access.dial(), this.#access);
      second.on('error', () => undefined);
      await second.connect();
      await second.query('SELECT pg_cancel_backend($1)', [processID]);
      await second.end();
    } catch {
      // Then the connection is dropped in a moment.
    }
  }

  /** Says goodbye where somebody listens, and lets go of the connection. */
  async close(): Promise<void> {
    await Promise.race([this.#client.end().catch(() => undefined), pause(1_000, undefined, { ref: false })]);
    this.#socket.destroy();
  }
}

/** A client on a connection that is open already. */
function clientOver(
  socket: Socket,
  { address, authority, user, password, database }: DatabaseAccess,
): pg.Client {
  const connected = Object.assign(socket, {
    connect: () => {
      setImmediate(() => socket.emit('connect'));
      return socket;
    },
  });
  return new pg.Client({
    stream: () => connected,
    host: address,
    // An address is not sent as a server name, so it has to be said what the certificate is held against.
    ssl: { ca: authority, host: address },
    user,
    password,
    database,
    application_name: 'lab writer',
    connectionTimeoutMillis: 5_000,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
