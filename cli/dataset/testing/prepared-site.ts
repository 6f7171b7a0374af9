import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { copiesNamespace } from '../../../operators/api/layout/namespaces.ts';
import { CliError } from '../../cli-error.ts';
import type { Frame, Report } from '../../frame/command-frame.ts';
import type { Language } from '../../frame/language.ts';
import { sayIn } from '../../messages/say.ts';
import { prepareDataset } from '../prepare-dataset.ts';
import type { PrepareOptions } from '../prepare-options.ts';
import { PlacedCentres } from './placed-centres.ts';
import type { SecretsInMemory } from './secrets-in-memory.ts';

const SITE = path.resolve(import.meta.dirname, '../../../config/lab');

/** What a person does at the terminal, in a test. */
interface Person {
  readonly language?: Language;
  /** Answer to the question; undefined: `--yes` was typed. */
  readonly answer?: boolean;
  /** What somebody else does while the person reads the question. */
  readonly meanwhile?: () => void;
}

/** What one call came to. */
export interface Called {
  readonly report?: Report;
  /** What kept it from being done. */
  readonly refusal?: CliError;
  /** Everything that a person or a program got to see. */
  readonly output: string;
}

/** The lab's site with centres that keep Secrets in memory, and files that a person would have. */
export class PreparedSite implements AsyncDisposable {
  readonly centres: PlacedCentres;
  readonly #folder: string;
  /** In the lab's site tenant, dataset and protection group have one name. */
  readonly #tenant: string;

  private constructor(folder: string, tenant: string) {
    this.#folder = folder;
    this.#tenant = tenant;
    this.centres = new PlacedCentres(tenant);
  }

  /** @param authority certificate and key as PEM @param tenant whose dataset is prepared */
  static async open(
    authority: { readonly certificate: string; readonly key: string },
    tenant: string,
  ): Promise<PreparedSite> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zaibei-prepare-'));
    const site = new PreparedSite(folder, tenant);
    await writeFile(
      site.#file('config'),
      'apiVersion: v1\nkind: Config\ncontexts: []\nclusters: []\nusers: []\n',
    );
    await writeFile(site.#file('ca.crt'), authority.certificate);
    await writeFile(site.#file('ca.key'), authority.key);
    return site;
  }

  /** The Secrets of all centres. */
  get secrets(): SecretsInMemory['stored'] {
    return this.centres.secrets.stored;
  }

  /** Requests for Secrets that are answered with a status instead: `remote-dr POST`. */
  get refused(): SecretsInMemory['refused'] {
    return this.centres.secrets.refused;
  }

  /** Runs the command against a database on the loopback. */
  async call(
    database: { readonly port: number; readonly password: string },
    differs: Partial<PrepareOptions> = {},
    person: Person = {},
  ): Promise<Called> {
    this.keep('production', 'population', 'admin', { username: 'postgres', password: database.password });
    const options = {
      adminUri: `postgresql://postgres@127.0.0.1:${database.port}`,
      adminSecret: 'population/admin',
      serverCa: this.#file('ca.crt'),
    };
    return this.run({ ...options, ...differs }, person);
  }

  /** Runs the command with the authority of the site at hand. */
  async run(
    differs: Partial<PrepareOptions> = {},
    { language = 'en', answer, meanwhile = () => undefined }: Person = {},
  ): Promise<Called> {
    const told: string[] = [];
    const frame: Frame = {
      language,
      say: sayIn(language),
      paint: (_tone, text) => text,
      tell: (line) => void told.push(line),
      environment: {},
    };
    const options: PrepareOptions = {
      site: SITE,
      kubeconfig: this.#file('config'),
      caCertificate: this.#file('ca.crt'),
      caKey: this.#file('ca.key'),
      yes: answer === undefined,
      output: 'table',
      ...differs,
    };
    const ask = () => {
      meanwhile();
      return Promise.resolve(answer);
    };
    const surroundings = { open: this.centres.open, ask };
    try {
      const report = await prepareDataset(`${this.#tenant}/${this.#tenant}`, options, frame, surroundings);
      return { report, output: [...told, report.text(), JSON.stringify(report.data)].join('\n') };
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      return { refusal: error, output: [...told, error.message, error.stack ?? ''].join('\n') };
    }
  }

  /** Puts a Secret into a centre. */
  keep(
    centre: string,
    namespace: string,
    name: string,
    ...what: [values: Readonly<Record<string, string>>, annotations?: Readonly<Record<string, string>>]
  ): void {
    this.centres.secrets.keep(`${centre} ${namespace}/${name}`, ...what);
  }

  /** What stands in a Secret; empty where there is none. @param namespace absent: that of the copies */
  values(centre: string, name: string, namespace = copiesNamespace(this.#tenant)): Record<string, string> {
    return this.centres.secrets.values(`${centre} ${namespace}/${name}`);
  }

  /** A value in a Secret of the copies namespace. */
  value(centre: string, name: string, key: string): string | undefined {
    return this.values(centre, name)[key];
  }

  /** The Secrets that there are, but for that of the superuser; of those in the copies namespace the names: `local-dr population-guard`. */
  get kept(): string[] {
    return [...this.secrets.keys()]
      .filter((key) => !key.endsWith('/admin'))
      .map((key) => key.replace(`${copiesNamespace(this.#tenant)}/`, ''))
      .sort();
  }

  /** What no output may show: passwords, and of each key a line that tells it from all others. */
  get confidential(): string[] {
    return [...this.secrets.keys()].flatMap((key) => {
      const { password, 'tls.key': pem } = this.centres.secrets.values(key);
      return [password, pem?.split('\n')[1]].filter((one) => one !== undefined);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  #file(name: string): string {
    return path.join(this.#folder, name);
  }
}
