import { Pool, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { Credentials, type Access, type CredentialSource } from './credentials.ts';

/** One HTTP request, its path below the server. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Settings that follow from what API servers do. */
const POOL: Pool.Options = {
  // A watch has a connection for itself: with HTTP/2 all of them would hang on one, and go with it.
  allowH2: false,
  // Deadlines are kept by the caller, on its own clock.
  headersTimeout: 0,
  bodyTimeout: 0,
  // Shorter than the 90 s after which an API server lets go; longer than the time between two probes of a peer.
  keepAliveTimeout: 60_000,
};

/** How long a connection may take to be made, and after how long of silence it is tried, in milliseconds. */
const CONNECT = { timeout: 10_000, keepAlive: true, keepAliveInitialDelay: 30_000 };

/** Credentials that were read so many milliseconds ago are used without reading them again. */
const FRESH = 1_000;

/**
 * The connections to one cluster: one pool for all calls and watches. Credentials are read again at use; where certificates
 * or the server have changed, the pool is replaced, and the old one ends with its last call or watch.
 */
export class ClusterConnection {
  /** Name of the cluster: of the centre. */
  readonly cluster: string;
  readonly #credentials: Credentials;
  readonly #clock: Clock;
  #reading: Promise<Access> | undefined;
  #readAt = -Infinity;
  #current: { readonly digest: string; readonly pool: Pool } | undefined;
  /** The current one, and those before it that have not ended yet. */
  readonly #pools = new Set<Pool>();
  #made = 0;

  constructor(cluster: string, source: CredentialSource, clock: Clock) {
    this.cluster = cluster;
    this.#credentials = new Credentials(source);
    this.#clock = clock;
  }

  /** How many pools have been made so far: 1, and one more for each rotation. */
  get poolsMade(): number {
    return this.#made;
  }

  /**
   * Sends a request; resolves when the head of the answer is there. A refusal of the credentials has them read anew before
   * the next request.
   * @throws CredentialsError, or whatever undici throws when the request fails
   */
  async request(
    { method, path, headers, body }: HttpRequest,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const access = await this.#access();
    const answer = await this.#poolFor(access).request({
      method,
      path: `${access.server.pathname.replace(/\/$/, '')}${path}`,
      headers: { accept: 'application/json', 'user-agent': 'zaibei', ...headers, ...access.headers },
      body: body ?? null,
      signal,
    });
    if (answer.statusCode === 401) {
      this.#credentials.forget();
      this.#readAt = -Infinity;
    }
    return answer;
  }

  /** Breaks everything off. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools].map((pool) => pool.destroy()));
  }

  /** Calls at the same time wait for the same reading. */
  #access(): Promise<Access> {
    const now = this.#clock.elapsed();
    if (this.#reading === undefined || now - this.#readAt >= FRESH) {
      this.#readAt = now;
      this.#reading = this.#credentials.read();
      // One that failed is not kept: the next use reads again.
      this.#reading.catch(() => (this.#readAt = -Infinity));
    }
    return this.#reading;
  }

  #poolFor({ server, tls, digest }: Access): Pool {
    if (this.#current?.digest === digest) return this.#current.pool;
    if (this.#current !== undefined) this.#retire(this.#current.pool);
    const pool = new Pool(server.origin, { ...POOL, connect: { ...CONNECT, ...tls } });
    this.#made += 1;
    this.#current = { digest, pool };
    this.#pools.add(pool);
    return pool;
  }

  /** Lets what is under way in a pool end. */
  #retire(pool: Pool): void {
    const forget = (): void => {
      this.#pools.delete(pool);
    };
    // Resolves with its last answer, and rejects when it is destroyed before; nobody waits for either.
    pool.close().then(forget, forget);
  }
}
