import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { vi } from 'vitest';
import {
  CertificateAuthority,
  type IssuedCertificate,
} from '../../../operators/api/certificates/certificate-authority.ts';
import {
  sourceCertificate,
  sourceCertificateRequest,
} from '../../../operators/api/certificates/source-certificate.ts';
import { exporterReportSchema, type ExporterReport } from '../../../operators/api/layout/exporter.ts';
import { accessIdentity, type DatasetName } from '../../../operators/api/layout/source-access.ts';
import { bundleProgram } from '../../../operators/bundling/bundle-program.ts';
import { freePort } from '../../../operators/runtime/testing/free-port.ts';
import { MOVERS } from '../../bundle.ts';

/** User and group of the department's files, and of the exporter that may read them. */
export const DEPARTMENT = 1000;

/** The dataset of the tests. */
export const DATASET: DatasetName = { namespace: 'licences', name: 'licences' };

const DAY = 86_400_000;

/** What became of a run of rsync. */
export interface Pull {
  readonly code: number | null;
  readonly errors: string;
}

/** A volume, certificates, and a real exporter, as it is shipped, that runs as the department's user. */
export class ExporterRig {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'zaibei-exporter-'));
  readonly volume = path.join(this.folder, 'volume');
  readonly certificates = path.join(this.folder, 'certificates');
  readonly authority: CertificateAuthority;
  #port = 0;
  #reportPort = 0;
  #process: ChildProcess | undefined;
  #count = 0;
  output = '';

  private constructor(authority: CertificateAuthority) {
    this.authority = authority;
    for (const folder of [this.volume, this.certificates, this.at('scratch')]) mkdirSync(folder);
    chownSync(this.at('scratch'), DEPARTMENT, DEPARTMENT);
    // Temporary folders are their owner's alone.
    chmodSync(this.folder, 0o755);
  }

  /** An empty volume with everything in place, and no exporter yet. */
  static async open(): Promise<ExporterRig> {
    const rig = new ExporterRig(await CertificateAuthority.make('site', Date.now() - DAY, Date.now() + DAY));
    await bundleProgram(MOVERS, rig.folder, 'tested');
    rig.serveWith(await rig.issue('export'));
    return rig;
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  /** A certificate of the site; expired where `until` is past. */
  async issue(
    access: 'export' | 'pull',
    { dataset = DATASET, authority = this.authority, until = Date.now() + DAY / 2 } = {},
  ): Promise<IssuedCertificate> {
    const validity = { from: Date.now() - DAY, until };
    return authority.issue(sourceCertificateRequest(sourceCertificate(access, dataset), validity));
  }

  /** Puts the certificate of the exporter in place, or exchanges it. */
  serveWith({ certificate, key, authority }: IssuedCertificate): void {
    const files = { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': authority };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(this.certificates, name), text);
  }

  /** Starts the exporter. It looks around five times a second. */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    [this.#port, this.#reportPort] = [await freePort(), await freePort()];
    const variables = {
      PATH: process.env['PATH'] ?? '',
      ZAIBEI_DATASET: `${DATASET.namespace}/${DATASET.name}`,
      ZAIBEI_VOLUME: this.volume,
      ZAIBEI_CERTIFICATES: this.certificates,
      ZAIBEI_SCRATCH: this.at('scratch'),
      ZAIBEI_ADDRESS: '127.0.0.1',
      ZAIBEI_PORT: String(this.#port),
      ZAIBEI_REPORT_PORT: String(this.#reportPort),
      ZAIBEI_LOOK: '0.2',
      ZAIBEI_SURVEY: '0.5',
      ...environment,
    };
    this.#process = spawn(process.execPath, [this.at(MOVERS.bundle), 'exporter'], {
      env: variables,
      uid: DEPARTMENT,
      gid: DEPARTMENT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#process.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  /** Starts it, and waits until it serves. */
  async serve(environment?: Readonly<Record<string, string>>): Promise<void> {
    await this.start(environment);
    await this.reportThat(({ trouble }) => trouble === undefined);
  }

  /** The first report that is so. */
  async reportThat(holds: (report: ExporterReport) => boolean): Promise<ExporterReport> {
    return vi.waitFor(
      async () => {
        const answer = await fetch(`http://127.0.0.1:${this.#reportPort}/report`);
        const report = exporterReportSchema.parse(await answer.json());
        if (!holds(report)) throw new Error(`not yet: ${JSON.stringify(report)}\n${this.output}`);
        return report;
      },
      { timeout: 20_000, interval: 100 },
    );
  }

  /** Status of `/readyz`. */
  async readiness(): Promise<number> {
    return (await fetch(`http://127.0.0.1:${this.#reportPort}/readyz`)).status;
  }

  /** Until when the certificate is valid that the exporter shows, in wall-clock milliseconds. */
  async servedUntil({ certificate, key, authority }: IssuedCertificate): Promise<number> {
    const socket = connect({
      port: this.#port,
      cert: certificate,
      key,
      ca: authority,
      checkServerIdentity: () => undefined,
    });
    await once(socket, 'secureConnect');
    const { valid_to: until } = socket.getPeerCertificate();
    socket.destroy();
    return Date.parse(until);
  }

  /** Asks the exporter to end. */
  terminate(): Promise<unknown> {
    const ended = this.#process === undefined ? Promise.resolve() : once(this.#process, 'exit');
    this.#process?.kill('SIGTERM');
    return ended;
  }

  /**
   * Runs rsync against the exporter, as a reader with that certificate.
   * @param args of rsync; `EXPORTER/` stands for the module
   */
  async rsync(certificate: IssuedCertificate | undefined, args: readonly string[]): Promise<Pull> {
    const address = args.map((arg) => arg.replace('EXPORTER/', 'rsync://exporter/files/'));
    const environment = { ...process.env, RSYNC_CONNECT_PROG: `stunnel4 ${this.#client(certificate)}` };
    return new Promise((resolve) => {
      const child = execFile('rsync', address, { env: environment }, (_error, _output, errors) => {
        resolve({ code: child.exitCode, errors });
      });
    });
  }

  /** Ends everything and removes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process?.exitCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #client(certificate: IssuedCertificate | undefined): string {
    this.#count += 1;
    const file = (name: string): string => this.at(`client-${this.#count}.${name}`);
    writeFileSync(file('ca'), this.authority.certificate);
    const lines = [
      ...['client = yes', 'foreground = quiet', 'pid =', 'syslog = no', 'debug = err'],
      `connect = 127.0.0.1:${this.#port}`,
      ...[`CAfile = ${file('ca')}`, 'verifyChain = yes', `checkHost = ${accessIdentity('export', DATASET)}`],
    ];
    if (certificate !== undefined) {
      writeFileSync(file('crt'), certificate.certificate);
      writeFileSync(file('key'), certificate.key, { mode: 0o600 });
      lines.push(`cert = ${file('crt')}`, `key = ${file('key')}`);
    }
    writeFileSync(file('conf'), `${lines.join('\n')}\n`);
    return file('conf');
  }
}
