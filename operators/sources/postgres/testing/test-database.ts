import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  CertificateAuthority,
  type IssuedCertificate,
} from '../../../api/certificates/certificate-authority.ts';
import { SourceConnection, type SourceTarget } from '../connection/source-connection.ts';

const run = promisify(execFile);

/** Where Debian keeps the programs of this major version. */
const PROGRAMS = '/usr/lib/postgresql/15/bin';

/** PostgreSQL refuses to run as root; the numbers of `nobody`, who exists everywhere. */
const UNPRIVILEGED = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

const DAY = 86_400_000;

/** How long anything of a test may take, in milliseconds. */
export const LIMITS = { deadline: 15_000 };

/** How long a server is given to be made and to start, in milliseconds: half a second on an idle machine. */
export const START = 60_000;

/** What differs from a database that can be protected. */
export interface TestDatabaseOptions {
  /** Lines of `postgresql.conf`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly checksums?: boolean;
  /** Address that its certificate names; default: the one at which it is. */
  readonly certificateName?: string;
  /** Data folder of another one that it is a standby of. */
  readonly standbyOf?: TestDatabase;
}

/** A real PostgreSQL server of its own on a free port of the loopback, gone with the test. */
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
    const now = Date.now();
    const authority =
      options.standbyOf?.authority ??
      (await CertificateAuthority.make('site of tests', now - DAY, now + DAY));
    const database = new TestDatabase(folder, await freePort(), authority, options);
    await database.#make();
    await database.restart();
    return database;
  }

  /** Where its data is. */
  get data(): string {
    return path.join(this.#folder, 'data');
  }

  get hbaFile(): string {
    return path.join(this.data, 'pg_hba.conf');
  }

  /** Everything that the server has logged. */
  log(): Promise<string> {
    return readFile(path.join(this.#folder, 'log'), 'utf8');
  }

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
  identity(commonName: string, until = Date.now() + DAY): Promise<IssuedCertificate> {
    return this.authority.issue({ commonName, usage: ['clientAuth'], from: Date.now() - DAY, until });
  }

  /** Starts it, also for the first time, and waits until it takes connections. */
  async restart(): Promise<void> {
    await this.stop();
    const log = path.join(this.#folder, 'log');
    const arguments_ = ['-D', this.data, '-c', `config_file=${path.join(this.data, 'postgresql.conf')}`];
    const server = spawn(
      'sh',
      ['-c', 'exec "$0" "$@" >> "$LOG" 2>&1', `${PROGRAMS}/postgres`, ...arguments_],
      {
        ...UNPRIVILEGED,
        env: { LOG: log, PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
        stdio: 'ignore',
      },
    );
    this.#server = server;
    for (;;) {
      try {
        await run(`${PROGRAMS}/pg_isready`, ['-q', '-h', this.host, '-p', String(this.port)]);
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

  /** Runs a program of PostgreSQL, such as `pg_basebackup`, as the user of the server. */
  async program(
    name: string,
    arguments_: readonly string[],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<string> {
    const { stdout, stderr } = await run(`${PROGRAMS}/${name}`, [...arguments_], {
      ...UNPRIVILEGED,
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8', HOME: this.#folder, ...environment },
    });
    return stdout + stderr;
  }

  /** Puts a file where the programs of PostgreSQL can read it, and nobody else. */
  async keepFile(name: string, text: string): Promise<string> {
    const file = path.join(this.#folder, name);
    await writeFile(file, text, { mode: 0o600 });
    const { uid, gid } = UNPRIVILEGED;
    if (uid !== undefined) await chown(file, uid, gid);
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #make(): Promise<void> {
    const { checksums = true, standbyOf, certificateName = this.host, settings = {} } = this.#options;
    const { uid, gid } = UNPRIVILEGED;
    if (uid !== undefined) await chown(this.#folder, uid, gid);
    if (standbyOf === undefined) {
      const password = await this.keepFile('password', this.password);
      const locale = ['--encoding=UTF8', '--locale=C.UTF-8'];
      const safety = ['--no-sync', ...(checksums ? ['--data-checksums'] : [])];
      const access = ['--username=postgres', `--pwfile=${password}`, '--auth=scram-sha-256'];
      await this.program('initdb', ['-D', this.data, ...locale, ...safety, ...access]);
    } else {
      const { password, host, port } = standbyOf;
      const from = ['-h', host, '-p', String(port), '-U', 'postgres', '-D', this.data, '-R', '-c', 'fast'];
      await this.program('pg_basebackup', from, { PGPASSWORD: password });
    }
    const server = await this.authority.issue({
      commonName: 'database',
      usage: ['serverAuth'],
      names: [{ type: /^[\d.]+$/.test(certificateName) ? 'ip' : 'dns', value: certificateName }],
      from: Date.now() - DAY,
      until: Date.now() + DAY,
    });
    await mkdir(path.join(this.#folder, 'socket'));
    const all = {
      listen_addresses: this.host,
      port: String(this.port),
      unix_socket_directories: '',
      fsync: 'on',
      ssl: 'on',
      ssl_cert_file: await this.keepFile('server.crt', server.certificate),
      ssl_key_file: await this.keepFile('server.key', server.key),
      ssl_ca_file: await this.keepFile('ca.crt', server.authority),
      shared_buffers: '16MB',
      max_connections: '30',
      log_statement: 'all',
      ...settings,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name} = '${value}'`);
    await this.#replace('postgresql.conf', `${lines.join('\n')}\n`);
    if (standbyOf === undefined)
      await this.#replace(
        'pg_hba.conf',
        'hostssl all,replication postgres 127.0.0.1/32 scram-sha-256\nhostssl all all 127.0.0.1/32 scram-sha-256\n',
      );
  }

  async #replace(name: string, text: string): Promise<void> {
    const file = path.join(this.data, name);
    await writeFile(file, text, { mode: 0o600 });
    const { uid, gid } = UNPRIVILEGED;
    if (uid !== undefined) await chown(file, uid, gid);
  }
}

/** A port that nobody has now; the kernel gives it out again late. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // that of a TCP server
  server.close();
  await once(server, 'close');
  return port;
}
