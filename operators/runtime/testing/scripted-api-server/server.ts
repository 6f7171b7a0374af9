import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { CredentialSource } from '../../client/credentials.ts';
import { collectionPath } from '../../client/resource-path.ts';
import { ApiError, type Verb } from '../../errors/api-error.ts';
import type { ResourceType } from '../../objects/resource-type.ts';
import { MemoryApiServer } from '../memory-api/memory-api-server.ts';
import { answerTo, refusalOf } from './answers.ts';
import { Faults, type Fault } from './fault.ts';
import { ListPages } from './list-pages.ts';
import { eventLine, OpenWatches } from './open-watches.ts';
import { readRequest, type ServedRequest } from './served-request.ts';
import { Refusal, statusObject } from './status-object.ts';

/**
 * A server in memory behind real HTTP on the loopback, that can be told to do what a real API server cannot: refuse, fall
 * silent, break off in the middle of an event, tell things twice or in the wrong order. It counts what it is asked.
 */
export class ScriptedApiServer {
  /** Its objects: what is changed here, somebody else has changed. */
  readonly api: MemoryApiServer;
  readonly watches = new OpenWatches();
  /** Everything it was asked, in order. */
  readonly requests: ServedRequest[] = [];
  readonly #types: ReadonlyMap<string, ResourceType>;
  readonly #faults = new Faults();
  readonly #pages = new ListPages();
  readonly #server: Server;
  #connections = 0;

  private constructor(types: readonly ResourceType[], now: () => number) {
    this.api = new MemoryApiServer('scripted', now);
    this.api.log.listen((change) => {
      this.watches.send(change);
    });
    this.#types = new Map(types.map((type) => [collectionPath(type), type]));
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.on('connection', () => (this.#connections += 1));
  }

  /** @param types what it serves; any other is not found @param now wall-clock time, in milliseconds */
  static async start(types: readonly ResourceType[], now: () => number): Promise<ScriptedApiServer> {
    const scripted = new ScriptedApiServer(types, now);
    scripted.#server.listen(0, '127.0.0.1');
    await once(scripted.#server, 'listening');
    return scripted;
  }

  /** A kubeconfig to reach it by, as text. */
  get kubeconfig(): string {
    const { port } = this.#server.address() as AddressInfo; // not a pipe: it listens on a port
    const cluster = { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
    return JSON.stringify({
      clusters: [{ name: 'scripted', cluster }],
      users: [{ name: 'scripted', user: { token: 'secret-token' } }],
      contexts: [{ name: 'scripted', context: { cluster: 'scripted', user: 'scripted' } }],
      'current-context': 'scripted',
    });
  }

  /** How a client reaches it. */
  get source(): CredentialSource {
    const text = this.kubeconfig;
    return { kind: 'text', from: 'the scripted API server', text: () => text };
  }

  /** TCP connections that were made to it so far. */
  get connections(): number {
    return this.#connections;
  }

  /** How often it was asked that. */
  count(verb: Verb): number {
    return this.requests.filter((request) => request.verb === verb).length;
  }

  /** Orders a fault for coming requests. @returns what ends it early */
  fail(fault: Fault): () => void {
    return this.#faults.order(fault);
  }

  /** Tells all watches the present version. */
  bookmark(): void {
    this.watches.write(eventLine('BOOKMARK', { metadata: { resourceVersion: this.api.log.version } }));
  }

  /** Forgets its history: watches and pages from before are too old. */
  compact(): void {
    this.api.log.compact();
    this.#pages.expire();
  }

  /** Breaks all connections off. */
  breakOff(): void {
    this.#server.closeAllConnections();
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.breakOff();
    await closed;
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = readRequest(message.method ?? '', message.url ?? '');
    this.requests.push({ ...request, authorization: message.headers.authorization });
    try {
      if (await this.#failed(this.#faults.meet(request.verb), response)) return;
      const type = this.#types.get(request.collection);
      if (request.verb === 'read') response.end('ok');
      else if (type === undefined) response.writeHead(404).end('404 page not found');
      else if (request.verb === 'watch') this.#watch(request, type, response);
      else {
        const body: unknown = message.method === 'GET' ? undefined : await json(message);
        send(response, 200, answerTo(this.api, this.#pages, request, type, body));
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.status.code, error.status);
    }
  }

  /** Lets a fault happen. @returns whether there is nothing more to say. @throws Refusal */
  async #failed(fault: Fault | undefined, response: ServerResponse): Promise<boolean> {
    if (fault === undefined) return false;
    const { with: what, reason = '', message = 'as it was told', retryAfter } = fault;
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    if (typeof what === 'number') throw new Refusal(statusObject(what, reason, message));
    if (what instanceof Promise) await what;
    else if (what === 'break') response.destroy();
    else if (what !== 'silence') response.end(what.body);
    return !(what instanceof Promise);
  }

  #watch(request: ServedRequest, type: ResourceType, response: ServerResponse): void {
    try {
      const missed = this.api.since(type, request.query.get('resourceVersion') ?? '0');
      this.watches.open({ type, request, response }, missed);
    } catch (error) {
      // A real one has answered 200 by then, too.
      if (!(error instanceof ApiError)) throw error;
      response.end(eventLine('ERROR', refusalOf(error).status));
    }
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
