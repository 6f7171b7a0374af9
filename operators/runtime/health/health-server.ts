import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MetricsPage } from '../../metrics/index.ts';
import { OperatorError } from '../errors/retry.ts';
import { readiness, type ReadinessCheck } from './readiness.ts';

/** Where the server listens, and what it tells. */
export interface HealthServerOptions {
  /** Address of this machine: `0.0.0.0` for all. */
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly checks: readonly ReadinessCheck[];
  readonly metrics: Pick<MetricsPage, 'read'>;
  /** Further pages by path, as JSON. Default: none. */
  readonly documents?: Readonly<Record<string, () => unknown>>;
}

/** The address cannot be listened on. */
export class CannotListenError extends OperatorError {
  static readonly code = 'ZB-RUN-003';

  constructor(address: string, cause: Error) {
    super(
      CannotListenError.code,
      `cannot listen on ${address} (${cause.message}). Free it, or choose another by ZAIBEI_LISTEN.`,
      { kind: 'backoff' },
      { cause },
    );
  }
}

/** Limits that a slow or hostile caller meets, in milliseconds; a probe or a scrape takes a fraction of each. */
const TIMEOUTS = { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 75_000 };

/** More than one Prometheus, a kubelet and a few people never have open. */
const MOST_CONNECTIONS = 64;

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * What is asked of this process over HTTP, read-only: `/livez`, `/readyz`, `/metrics`. That `/livez` is answered at all
 * shows that the event loop runs, and it depends on nothing else: starting anew does not bring a dead API server back.
 */
export class HealthServer {
  readonly #server: Server;
  readonly #options: HealthServerOptions;

  private constructor(options: HealthServerOptions) {
    this.#options = options;
    this.#server = createServer(TIMEOUTS, (request, response) => void this.#answer(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** Listens. @throws CannotListenError */
  static async open(options: HealthServerOptions): Promise<HealthServer> {
    const health = new HealthServer(options);
    const { host, port } = options;
    await new Promise<void>((resolve, reject) => {
      health.#server.once('error', (error) => {
        reject(new CannotListenError(`${host}:${port}`, error));
      });
      health.#server.listen({ host, port }, resolve);
    });
    return health;
  }

  /** Port on which it listens. */
  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Stops listening and closes every connection. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let answer: Answer;
    try {
      answer = await this.#answerTo(request);
    } catch {
      // What failed is counted and logged by whoever owns it; a caller is told no details.
      answer = { status: 500, body: 'failed\n' };
    }
    const { status, headers, body } = answer;
    response.writeHead(status, {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      ...headers,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  async #answerTo({ method, url = '', headers }: IncomingMessage): Promise<Answer> {
    if (method !== 'GET' && method !== 'HEAD')
      return { status: 405, headers: { allow: 'GET, HEAD' }, body: 'only GET and HEAD\n' };
    const [path = ''] = url.split('?', 1);
    if (path === '/livez') return { status: 200, body: 'alive\n' };
    if (path === '/readyz') {
      const { ready, text } = readiness(this.#options.checks);
      return { status: ready ? 200 : 503, body: text };
    }
    if (path === '/metrics')
      return { status: 200, ...(await this.#options.metrics.read(headers['accept-encoding'])) };
    const document = this.#options.documents?.[path];
    if (document !== undefined)
      return {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(document()),
      };
    return { status: 404, body: 'here are /livez, /readyz and /metrics\n' };
  }
}
