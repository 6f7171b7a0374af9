import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ExporterReport, ExporterSurvey, ExporterTrouble } from '../../operators/api/layout/exporter.ts';
import type { Clock } from '../../operators/runtime/clock.ts';
import type { Logger } from '../../operators/runtime/logs/logger.ts';
import { pause } from '../../operators/runtime/pause.ts';
import { readCertificate } from './certificate.ts';
import type { ExporterSettings } from './exporter-settings.ts';
import { listFolder } from './listing.ts';
import { RsyncLog } from './rsync-log.ts';
import { excludeRules, rsyncConfiguration, rsyncFiles } from './rsync-configuration.ts';
import { findServedFolder } from './served-folder.ts';
import { surveyFolder } from './survey.ts';
import { tlsConfiguration } from './tls-configuration.ts';
import { TlsServer } from './tls-server.ts';

interface Trouble {
  readonly reason: ExporterTrouble;
  readonly message: string;
}

/** Milliseconds between two looks whether the last transfers have ended. */
const DRAIN_LOOK = 200;

/**
 * Serves one folder of a volume, read-only, to whoever has the pull certificate of its dataset: looks after the certificate,
 * the path and the TLS server every few seconds, and surveys what no copy will have. What is wrong is told, and tried again:
 * a certificate or a folder that appears later is served without a restart.
 */
export class Exporter {
  readonly #settings: ExporterSettings;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #rsyncLog: RsyncLog;
  #server: TlsServer | undefined;
  /** Digest of the certificate that the server was told to read last. */
  #loaded: string | undefined;
  #folder: string | undefined;
  #trouble: Trouble | undefined = { reason: 'ServerFailed', message: 'The exporter is starting.' };
  #certificateUntil: number | undefined;
  #transfers = 0;
  #survey: ExporterSurvey | undefined;
  #surveyTrouble: string | undefined;

  constructor(settings: ExporterSettings, clock: Clock, log: Logger) {
    this.#settings = settings;
    this.#clock = clock;
    this.#log = log;
    this.#rsyncLog = new RsyncLog(rsyncFiles(settings.scratch).log);
  }

  /** Why it does not serve; undefined while it does. */
  get trouble(): Trouble | undefined {
    return this.#trouble;
  }

  report(): ExporterReport {
    const { dataset, startedWith } = this.#settings;
    return {
      dataset: `${dataset.namespace}/${dataset.name}`,
      ...(startedWith !== undefined && { startedWith }),
      transfers: this.#transfers,
      ...(this.#trouble && { trouble: this.#trouble }),
      ...(this.#certificateUntil !== undefined && {
        certificateUntil: new Date(this.#certificateUntil).toISOString(),
      }),
      ...(this.#survey && { survey: this.#survey }),
      ...(this.#surveyTrouble !== undefined && { surveyTrouble: this.#surveyTrouble }),
    };
  }

  /** Serves until the signal is aborted, then lets running transfers end, for a while. */
  async run(signal: AbortSignal): Promise<void> {
    await this.#writeConfiguration();
    const surveys = this.#keepSurveying(signal);
    do {
      await this.#look();
    } while (await pause(this.#clock, this.#settings.lookInterval, signal));
    await this.#drain();
    await surveys;
  }

  async #writeConfiguration(): Promise<void> {
    const { scratch, excluded, address, port, dataset, certificates } = this.#settings;
    const files = rsyncFiles(scratch);
    await mkdir(this.#empty, { recursive: true });
    await writeFile(files.excluded, excludeRules(excluded));
    await writeFile(files.configuration, rsyncConfiguration(scratch));
    const listen = `${address}:${port}`;
    await writeFile(this.#tlsFile, tlsConfiguration({ dataset, listen, certificates, scratch }));
  }

  /** One look at everything that has to be so. The first thing that is not is told. */
  async #look(): Promise<void> {
    for (const line of await this.#rsyncLog.newLines()) this.#log.warn(`rsync: ${line}`);
    this.#transfers = (await this.#server?.transfers()) ?? 0;
    const before = this.#trouble;
    this.#trouble = (await this.#lookAtFolder()) ?? (await this.#lookAtCertificate());
    if (before?.message === this.#trouble?.message) return;
    if (this.#trouble === undefined) this.#log.info('serving', { folder: this.#folder });
    else this.#log.warn(this.#trouble.message, { reason: this.#trouble.reason });
  }

  /** Points the module at the folder. Without one, nobody is served: what stood there before is another folder. */
  async #lookAtFolder(): Promise<Trouble | undefined> {
    const { volume, folder, scratch } = this.#settings;
    const found = await findServedFolder(volume, folder);
    const served = 'folder' in found ? found.folder : this.#empty;
    if (served !== this.#folder) {
      const { root } = rsyncFiles(scratch);
      await symlink(served, `${root}.new`);
      await rename(`${root}.new`, root);
      this.#folder = served;
    }
    if ('folder' in found) return undefined;
    await this.#stopServer();
    return found;
  }

  async #lookAtCertificate(): Promise<Trouble | undefined> {
    const { certificates, dataset } = this.#settings;
    const { digest, until, trouble } = await readCertificate(certificates, dataset, this.#clock.now());
    this.#certificateUntil = until;
    // Taken away, it is to serve nobody. Else it goes on with the last one that was good: readers notice an expired one.
    if (trouble?.reason === 'CertificateMissing') await this.#stopServer();
    if (trouble !== undefined) return trouble;
    if (this.#server?.running !== true) return this.#startServer(digest);
    if (this.#loaded !== digest) {
      this.#log.info('the certificate was exchanged');
      this.#server.reload();
      this.#loaded = digest;
    }
    return undefined;
  }

  async #startServer(digest: string): Promise<Trouble | undefined> {
    const server = new TlsServer(this.#tlsFile, this.#log);
    this.#server = server;
    this.#loaded = digest;
    const words = await Promise.race([server.ended, server.listening]);
    if (words === undefined) return undefined;
    return { reason: 'ServerFailed', message: `The TLS server of the exporter has ended: ${words}.` };
  }

  async #stopServer(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  /** Kubernetes sends nobody new to a pod that is to end; who is there may finish. */
  async #drain(): Promise<void> {
    const deadline = AbortSignal.timeout(this.#settings.grace);
    while (((await this.#server?.transfers()) ?? 0) > 0) {
      if (!(await pause(this.#clock, DRAIN_LOOK, deadline))) {
        this.#log.warn('transfers that did not end in time are cut');
        break;
      }
    }
    await this.#stopServer();
  }

  async #keepSurveying(signal: AbortSignal): Promise<void> {
    const { surveyInterval, lookInterval } = this.#settings;
    do {
      // Until there is a folder, a look at the next one costs nothing.
    } while (
      await pause(this.#clock, (await this.#surveyOnce(signal)) ? surveyInterval : lookInterval, signal)
    );
  }

  /** @returns whether there was a folder to survey */
  async #surveyOnce(signal: AbortSignal): Promise<boolean> {
    const folder = this.#folder;
    if (folder === undefined || folder === this.#empty) return false;
    try {
      const { excluded } = rsyncFiles(this.#settings.scratch);
      const entries = listFolder(folder, { excluded, empty: this.#empty }, signal);
      this.#survey = await surveyFolder(folder, entries, () => this.#clock.now());
      this.#surveyTrouble = undefined;
    } catch (error) {
      if (signal.aborted) return true;
      this.#surveyTrouble = error instanceof Error ? error.message : String(error);
      this.#log.warn('the survey did not come to its end', { error });
    }
    return true;
  }

  get #empty(): string {
    return path.join(this.#settings.scratch, 'empty');
  }

  get #tlsFile(): string {
    return path.join(this.#settings.scratch, 'stunnel.conf');
  }
}
