import { escapeLiteral } from 'pg';
import { z } from 'zod';
import { SourceError } from '../../source-error.ts';
import type { CallLimits, SourceConnection } from '../connection/source-connection.ts';
import type { HbaRule } from './hba-rules.ts';

const ruleRow = z
  .object({
    type: z.string(),
    databases: z.array(z.string()),
    users: z.array(z.string()),
    address: z.string().nullable(),
    netmask: z.string().nullable(),
    method: z.string(),
    options: z.array(z.string()).nullable(),
  })
  .transform(({ netmask, options, address, ...rule }): HbaRule => ({
    ...rule,
    address: address !== null && netmask !== null ? `${address}/${netmask}` : address,
    options: options ?? [],
  }));

/**
 * `pg_hba.conf` of a server, by its own file functions: as it lies on disk, also where it was not loaded yet. Only a superuser
 * may, and only where the server may write its own configuration: not where that is mounted read-only.
 */
export class HbaFile {
  readonly #connection: SourceConnection;
  readonly #limits: CallLimits;

  constructor(connection: SourceConnection, limits: CallLimits) {
    this.#connection = connection;
    this.#limits = limits;
  }

  /** Where it is on the server. */
  async path(): Promise<string> {
    return this.#text(`SELECT current_setting('hba_file') AS text`);
  }

  async read(): Promise<string> {
    const encoded = await this.#text(
      `SELECT encode(pg_read_binary_file(current_setting('hba_file')), 'base64') AS text`,
    );
    return Buffer.from(encoded, 'base64').toString();
  }

  /** Its rules as the server understands them. @throws SourceError where a line is wrong: then the whole is not used */
  async rules(): Promise<HbaRule[]> {
    const wrong = await this.#connection.query(
      z.object({ line: z.int(), error: z.string() }),
      `SELECT line_number AS line, error FROM pg_hba_file_rules WHERE error IS NOT NULL ORDER BY 1`,
      this.#limits,
    );
    const [first] = wrong;
    if (first !== undefined) {
      throw new SourceError(
        'HbaNotWritten',
        `Line ${first.line} of pg_hba.conf is wrong: ${first.error}.`,
        'Correct it: the server goes on with what it loaded before, and would not start with this.',
      );
    }
    return this.#connection.query(
      ruleRow,
      `SELECT type, database AS databases, user_name AS users, address, netmask, auth_method AS method, options
        FROM pg_hba_file_rules ORDER BY line_number`,
      this.#limits,
    );
  }

  /** Whether the server has loaded it since it was written. */
  async isLoaded(): Promise<boolean> {
    const row = z.object({ loaded: z.boolean() });
    const text = `SELECT modification <= pg_conf_load_time() AS loaded FROM pg_stat_file(current_setting('hba_file'))`;
    const [found] = await this.#connection.query(row, text, this.#limits);
    return found?.loaded === true;
  }

  /**
   * Writes another text: beside, then renamed over, then read by the server. Where the server finds it wrong, what stood
   * before stands again, and nothing was loaded.
   * @throws SourceError `HbaNotWritten`
   */
  async replace(before: string, after: string): Promise<void> {
    await this.#write(after);
    try {
      await this.rules();
    } catch (error) {
      await this.#write(before);
      throw error;
    }
    await this.reload();
  }

  /** Has the server load its configuration, and waits until it has. */
  async reload(): Promise<void> {
    const row = z.object({ loaded: z.boolean() });
    const [begun] = await this.#connection.query(
      z.object({ at: z.string() }),
      'SELECT pg_conf_load_time()::text AS at FROM pg_reload_conf()',
      this.#limits,
    );
    const over = Date.now() + this.#limits.deadline;
    for (;;) {
      const text = `SELECT pg_conf_load_time() > ${escapeLiteral(begun?.at ?? '-infinity')}::timestamptz AS loaded FROM pg_sleep(0.02)`;
      const [found] = await this.#connection.query(row, text, this.#limits);
      if (found?.loaded === true) return;
      if (Date.now() > over) {
        throw new SourceError(
          'HbaNotWritten',
          'The server did not load its configuration.',
          'Look at its log, and reload it by hand.',
        );
      }
    }
  }

  async #write(text: string): Promise<void> {
    const path = await this.path();
    const beside = `${path}.zaibei`;
    const quoted = { path: shellQuoted(path), beside: shellQuoted(beside) };
    const content = `decode(${escapeLiteral(Buffer.from(text).toString('base64'))}, 'base64')`;
    try {
      // Owner and mode are those of the file: what is written into a file keeps them.
      await this.#shell(`cp -p ${quoted.path} ${quoted.beside}`);
      await this.#connection.transaction(async () => {
        // A statement does not see the large object that it makes itself.
        const oid = await this.#text(`SELECT lo_from_bytea(0, ${content})::text AS text`);
        const written = `SELECT lo_export(${oid}, ${escapeLiteral(beside)}), lo_unlink(${oid})`;
        await this.#connection.execute([written], this.#limits);
      }, this.#limits);
      await this.#shell(`mv -f ${quoted.beside} ${quoted.path}`);
    } catch (cause) {
      if (!this.#connection.closed) await this.#shell(`rm -f ${quoted.beside}`).catch(() => undefined);
      throw new SourceError(
        'HbaNotWritten',
        `The server cannot write ${path}.`,
        'Put the lines in by hand, first in the file, and reload the server.',
        { cause },
      );
    }
  }

  /** The server has no function that renames: a program of its own machine does. */
  async #shell(command: string): Promise<void> {
    const text = `COPY (SELECT WHERE false) TO PROGRAM ${escapeLiteral(command)}`;
    await this.#connection.execute([text], this.#limits);
  }

  async #text(text: string): Promise<string> {
    const [found] = await this.#connection.query(z.object({ text: z.string() }), text, this.#limits);
    return found?.text ?? '';
  }
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
