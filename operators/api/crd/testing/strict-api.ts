import { KubeConfig } from '@kubernetes/client-node';
import { Agent, request, type RequestOptions } from 'node:https';
import { z } from 'zod';
import type { Kind } from '../../kinds/kind.ts';

/** What the API server said to a document. */
export interface Answer {
  readonly code: number;
  readonly accepted: boolean;
  /** Why it was refused; empty otherwise. */
  readonly message: string;
  /** The object with defaults, as it would be or was stored; the Status when it was refused. */
  readonly body: unknown;
}

const statusSchema = z.object({ message: z.string().default('') });

/**
 * Asks a real API server about documents as it would judge them with `fieldValidation=Strict`. Keeps few connections and uses
 * them for everything, so that thousands of documents take seconds.
 */
export class StrictApi {
  readonly #server: URL;
  readonly #agent: Agent;

  private constructor(server: URL, agent: Agent) {
    this.#server = server;
    this.#agent = agent;
  }

  /** @param context of the kubeconfig; its user must be able to do everything */
  static async connect(kubeconfig: string, context: string): Promise<StrictApi> {
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    config.setCurrentContext(context);
    const { ca, cert, key }: RequestOptions = await credentials(config);
    const agent = new Agent({ keepAlive: true, maxSockets: 4, ca, cert, key });
    return new StrictApi(new URL(config.getCurrentCluster()?.server ?? ''), agent);
  }

  /** Path of the objects of a kind; of namespaced ones in one namespace. */
  static collection(kind: Kind, namespace: string): string {
    const scope = kind.scope === 'Namespaced' ? `namespaces/${encodeURIComponent(namespace)}/` : '';
    return `/apis/zaibei.io/v1alpha1/${scope}${kind.plural}`;
  }

  /** Lets go of its connections. */
  close(): void {
    this.#agent.destroy();
  }

  /** Would it be created? Stores nothing. `document` may be JSON text, for what no JavaScript value writes. */
  tryCreate(path: string, document: unknown): Promise<Answer> {
    return this.send('POST', `${path}?dryRun=All&fieldValidation=Strict`, document);
  }

  /** @param accept the form in which the answer is wanted; kubectl wants tables */
  send(method: string, path: string, document?: unknown, accept = 'application/json'): Promise<Answer> {
    const payload = typeof document === 'string' ? document : JSON.stringify(document);
    const headers = { 'Content-Type': 'application/json', Accept: accept };
    return new Promise((resolve, reject) => {
      const call = request(
        new URL(path, this.#server),
        { agent: this.#agent, method, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const code = response.statusCode ?? 0;
            const text = Buffer.concat(chunks).toString();
            // Of a path that it does not serve yet, the API server says so in plain text.
            const json = response.headers['content-type']?.startsWith('application/json') === true;
            const body: unknown = json ? JSON.parse(text) : { message: text };
            const accepted = code >= 200 && code < 300;
            resolve({ code, accepted, message: accepted ? '' : statusSchema.parse(body).message, body });
          });
        },
      );
      call.on('error', reject);
      call.setTimeout(30_000, () => call.destroy(new Error(`${method} ${path}: no answer within 30 s`)));
      call.end(payload);
    });
  }
}

async function credentials(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  return options;
}
