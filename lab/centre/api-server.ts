import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import path from 'node:path';
import type { Machine } from './machine.ts';

/** An answer of the API server. */
export interface ApiAnswer {
  readonly status: number;
  /** The parsed body; the text itself when it is not JSON. */
  readonly body: unknown;
}

/** A request to the API server. */
export interface ApiRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
  /** Type of the body; a patch says here which kind of patch it is. */
  readonly contentType?: string;
}

/**
 * The lab's own connection to one API server: enough to look and to make volumes. Small on purpose: it runs in
 * every centre's init, where the full client library would double the memory.
 */
export class ApiServer {
  readonly #url: string;
  readonly #agent: Agent;

  constructor({ centre, paths }: Machine) {
    const read = (name: string): string => readFileSync(path.join(paths.pki, name), 'utf8');
    this.#url = centre.apiServer;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 4,
      ca: read('ca.crt'),
      cert: read('lab.crt'),
      key: read('lab.key'),
    });
  }

  /** Sends one request; rejects when there is no answer within five seconds. */
  send({ method = 'GET', path, body, contentType = 'application/json' }: ApiRequest): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(
        new URL(path, this.#url),
        {
          method,
          agent: this.#agent,
          timeout: 5_000,
          headers: { accept: 'application/json', 'content-type': contentType },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            resolve({ status: incoming.statusCode ?? 0, body: parse(Buffer.concat(chunks).toString()) });
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${this.#url} within 5 s`)));
      outgoing.on('error', reject);
      outgoing.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Whether it says of itself that it is ready; undefined when it cannot be reached. */
  async ready(): Promise<boolean | undefined> {
    try {
      return (await this.send({ path: '/readyz' })).status === 200;
    } catch {
      return undefined;
    }
  }

  /** Closes idle connections, so that a command can end. */
  close(): void {
    this.#agent.destroy();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
