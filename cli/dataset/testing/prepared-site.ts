import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { API_VERSION, placementKind } from '../../../operators/api/index.ts';
import { resourceTypeOf } from '../../../operators/runtime/index.ts';
import { directWire } from '../../../operators/runtime/testing/memory-api/direct-wire.ts';
import { MemoryApiServer } from '../../../operators/runtime/testing/memory-api/memory-api-server.ts';
import { MemoryClient } from '../../../operators/runtime/testing/memory-api/memory-client.ts';
import type { CentreSession, OpenSession, PlainRequest } from '../../centres/centre-session.ts';
import { CliError } from '../../cli-error.ts';
import type { Frame, Report } from '../../frame/command-frame.ts';
import type { Language } from '../../frame/language.ts';
import { sayIn } from '../../messages/say.ts';
import { prepareDataset } from '../prepare-dataset.ts';
import type { PrepareOptions } from '../prepare-options.ts';

const SITE = path.resolve(import.meta.dirname, '../../../config/lab');

/** The dataset of the lab's site that is prepared. */
export const DATASET = 'population/population';

/** What one call came to. */
export interface Called {
  readonly report?: Report;
  /** What kept it from being done. */
  readonly refusal?: CliError;
  /** Everything that a person or a program got to see. */
  readonly output: string;
}

/** A Secret as a test API server keeps it. */
export interface StoredSecret {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

/** The lab's site with centres that keep Secrets in memory, and files that a person would have. */
export class PreparedSite implements AsyncDisposable {
  /** By centre and path. */
  readonly secrets = new Map<string, StoredSecret>();
  /** Requests to copies namespaces that are answered with a status instead: `remote-dr POST`. */
  readonly refused = new Map<string, number>();
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param authority certificate and key as PEM */
  static async open(authority: {
    readonly certificate: string;
    readonly key: string;
  }): Promise<PreparedSite> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'zaibei-prepare-'));
    const site = new PreparedSite(folder);
    await writeFile(
      site.#file('config'),
      'apiVersion: v1\nkind: Config\ncontexts: []\nclusters: []\nusers: []\n',
    );
    await writeFile(site.#file('ca.crt'), authority.certificate);
    await writeFile(site.#file('ca.key'), authority.key);
    return site;
  }

  /** Runs the command against a database on the loopback. */
  async call(
    database: { readonly port: number; readonly password: string },
    differs: Partial<PrepareOptions> = {},
    { language = 'en', answer }: { readonly language?: Language; readonly answer?: boolean } = {},
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
      adminUri: `postgresql://postgres@127.0.0.1:${database.port}`,
      adminSecret: 'population/admin',
      serverCa: this.#file('ca.crt'),
      caCertificate: this.#file('ca.crt'),
      caKey: this.#file('ca.key'),
      yes: answer === undefined,
      output: 'table',
      ...differs,
    };
    this.keep('production', 'population', 'admin', { username: 'postgres', password: database.password });
    const surroundings = { open: this.#open, ask: () => Promise.resolve(answer) };
    try {
      const report = await prepareDataset(DATASET, options, frame, surroundings);
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
    values: Readonly<Record<string, string>>,
    annotations: Readonly<Record<string, string>> = {},
  ): void {
    const data = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
    const secret = {
      metadata: { name, annotations },
      data: Object.fromEntries(data) as Record<string, string>,
    };
    this.secrets.set(`${centre} ${namespace}/${name}`, secret);
  }

  /** A value in a Secret. */
  value(centre: string, name: string, key: string): string | undefined {
    const encoded = this.secrets.get(`${centre} zb-copies-population/${name}`)?.data[key];
    return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
  }

  /** Names of the Secrets in the copies namespaces: `local-dr population-guard`. */
  get kept(): string[] {
    return [...this.secrets.keys()]
      .filter((key) => key.includes('zb-copies-'))
      .map((key) => key.replace('zb-copies-population/', ''))
      .sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  #file(name: string): string {
    return path.join(this.#folder, name);
  }

  readonly #open: OpenSession = ({ name }): CentreSession => {
    const server = new MemoryApiServer(name, () => Date.now());
    server.create(resourceTypeOf(placementKind), {
      apiVersion: API_VERSION,
      kind: 'Placement',
      metadata: { namespace: 'population', name: 'population' },
      spec: {
        group: 'population',
        home: 'production',
        replica: 'local-dr',
        backup: 'remote-dr',
        backupSource: 'replica',
        epoch: 1,
      },
    });
    return {
      client: new MemoryClient(server, directWire),
      send: (request) => Promise.resolve(this.#answer(name, request)),
      close: () => Promise.resolve(),
    };
  };

  /** As an API server answers requests for Secrets. */
  #answer(centre: string, { method, path: url, body }: PlainRequest): { status: number; body: unknown } {
    const refused = this.refused.get(`${centre} ${method}`);
    if (refused !== undefined && url.includes('zb-copies-')) return { status: refused, body: {} };
    const [, namespace = '', name] = /namespaces\/([^/]+)\/secrets(?:\/(.+))?$/.exec(url) ?? [];
    const written = body as StoredSecret | undefined; // what the command writes
    const key = `${centre} ${namespace}/${name ?? written?.metadata.name ?? ''}`;
    const found = this.secrets.get(key);
    if (method === 'POST' && found !== undefined) return { status: 409, body: {} };
    if (method !== 'POST' && found === undefined) return { status: 404, body: {} };
    if (method === 'DELETE') this.secrets.delete(key);
    if ((method === 'POST' || method === 'PUT') && written !== undefined) this.secrets.set(key, written);
    return { status: method === 'POST' ? 201 : 200, body: method === 'GET' ? found : {} };
  }
}
