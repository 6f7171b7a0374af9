import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  CertificateAuthority,
  type IssuedCertificate,
} from '../../../api/certificates/certificate-authority.ts';
import { freePort } from '../../../runtime/testing/free-port.ts';
import { SourceConnection, type SourceTarget } from '../connection/source-connection.ts';
import { giveAway, runProgram, startServer, writePrivate } from './server-programs.ts';

const DAY = 86_400_000;

/** How long its certificates are good: longer than anything that is told of because it ends soon. */
const VALIDITY = 1_000 * DAY;

/** How long anything of a test may take, in milliseconds. */
export const LIMITS = { deadline: 15_000 };

/** How long a server is given to be made and to start, in milliseconds: half a second on an idle machine. */
export const START = 60_000;

const HBA = `hostssl all,replication postgres 127.0.0.1/32 scram-sha-256
hostssl all all 127.0.0.1/32 scram-sha-256
`;

/** What differs from a database that can be protected. */
export interface TestDatabaseOptions {
  /** Lines of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly checksums?: boolean;
  /** Address that its certificate names; default: the one at which it is. */
  readonly certificateName?: string;
  /** One that it is a standby of. */
  readonly standbyOf?: TestDatabase;
}

/** A real PostgreSQL server of its own on a free port of the loopback, with TLS, gone with the test. */
export class TestDatabase implements AsyncDisposable {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly authority: CertificateAuthority;
  /** Password of the superuser `postgres`. */
  readonly password = 'test-superuser-7d1f';
  readonly #folder: string;
  readonly #options: TestDatabaseOptions;
  #server: ChildProcess | undefined;

  private constructor(
    folder: string,
    port: number,
    authority: CertificateAuthority,
    options: TestDatabaseOptions,
  ) {
    this.#folder = folder;
    this.port = port;
    this.authority = authority;
    this.#options = options;
  }

  static async start(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zaibei-pg-'));
    await giveAway(folder);
    const now = Date.now();
    const authority =
      options.standbyOf?.authority ??
      (await CertificateAuthority.make('site of tests', now - DAY, now + VALIDITY));
    const database = new TestDatabase(folder, await freePort(), authority, options);
    await database.#make();
    await database.restart();
    return database;
  }

  /** Everything that the server has logged. */
  log = (): Promise<string> => readFile(this.#log, 'utf8');

  /** The superuser, by password; what differs is given. */
  target(differs: Partial<SourceTarget> = {}): SourceTarget {
    return {
      host: this.host,
      port: this.port,
      database: 'postgres',
      user: 'postgres',
      password: this.password,
      authority: this.authority.certificate,
      applicationName: 'test',
      ...differs,
    };
  }

  /** A connection of the superuser. */
  connect(differs: Partial<SourceTarget> = {}): Promise<SourceConnection> {
    return SourceConnection.open(this.target(differs), LIMITS);
  }

  /** A certificate of its authority for a client. */
  identity(commonName: string, until = Date.now() + VALIDITY): Promise<IssuedCertificate> {
    return this.authority.issue({ commonName, usage: ['clientAuth'], from: Date.now() - DAY, until });
  }

  /** Starts it, also for the first time, and waits until it takes connections. */
  async restart(): Promise<void> {
    await this.stop();
    const server = startServer(this.#data, this.#log);
    this.#server = server;
    for (;;) {
      try {
        await runProgram('pg_isready', ['-q', '-h', this.host, '-p', String(this.port)]);
        return;
      } catch {
        if (server.exitCode !== null) throw new Error(`postgres ended:\n${await this.log()}`);
      }
    }
  }

  /** Stops it as fast as it can be stopped in order. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await ended;
  }

  /** Puts a file where the programs of PostgreSQL can read it, and nobody else. @returns its path */
  keepFile(name: string, text: string): Promise<string> {
    return writePrivate(path.join(this.#folder, name), text);
  }

  /** Does something while the server may make no file beside its configuration. */
  async withReadOnlyData(work: () => Promise<void>): Promise<void> {
    await chmod(this.#data, 0o500);
    try {
      await work();
    } finally {
      await chmod(this.#data, 0o700);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return path.join(this.#folder, 'data');
  }

  get #log(): string {
    return path.join(this.#folder, 'log');
  }

  async #make(): Promise<void> {
    const { checksums = true, standbyOf, settings = {} } = this.#options;
    if (standbyOf === undefined) {
      const password = await this.keepFile('password', this.password);
      const locale = ['--encoding=UTF8', '--locale=C.UTF-8'];
      const access = ['--username=postgres', `--pwfile=${password}`, '--auth=scram-sha-256'];
      const pages = ['--no-sync', ...(checksums ? ['--data-checksums'] : [])];
      await runProgram('initdb', ['-D', this.#data, ...locale, ...access, ...pages]);
      await writePrivate(path.join(this.#data, 'pg_hba.conf'), HBA);
    } else {
      const { password, host, port } = standbyOf;
      const from = ['-h', host, '-p', String(port), '-U', 'postgres', '-D', this.#data, '-R', '-c', 'fast'];
      await runProgram('pg_basebackup', from, { PGPASSWORD: password, HOME: this.#folder });
    }
    const all = {
      listen_addresses: this.host,
      port: String(this.port),
      unix_socket_directories: '',
      shared_buffers: '16MB',
      max_connections: '30',
      log_statement: 'all',
      ...(await this.#certificates()),
      ...settings,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`);
    await writePrivate(path.join(this.#data, 'postgresql.conf'), lines.join(''));
  }

  async #certificates(): Promise<Record<string, string>> {
    const value = this.#options.certificateName ?? this.host;
    const issued = await this.authority.issue({
      commonName: 'database',
      usage: ['serverAuth'],
      names: [{ type: 'ip', value }],
      from: Date.now() - DAY,
      until: Date.now() + VALIDITY,
    });
    return {
      ssl: 'on',
      ssl_cert_file: await this.keepFile('server.crt', issued.certificate),
      ssl_key_file: await this.keepFile('server.key', issued.key),
      ssl_ca_file: await this.keepFile('ca.crt', issued.authority),
    };
  }
}
