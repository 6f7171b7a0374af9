import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { KubeConfig } from '@kubernetes/client-node';

/**
 * An API server with pods of the namespace `tenant`, that does what a real one cannot be told to do: fail, break off, or
 * declare a watch over. Serves plain HTTP on the loopback.
 */
export class ScriptedApiServer {
  /** Names of the pods it lists. */
  pods: string[] = [];
  /** Status with which it answers a list or a watch. */
  readonly status = { list: 200, watch: 200 };
  /** How many of each were asked for. */
  readonly asked = { list: 0, watch: 0 };
  readonly #server: Server;
  readonly #watches = new Set<ServerResponse>();

  private constructor() {
    this.#server = createServer((request, response) => {
      const kind = request.url?.includes('watch=true') ? 'watch' : 'list';
      this.asked[kind] += 1;
      response.writeHead(this.status[kind], { 'content-type': 'application/json' });
      if (kind === 'list' || this.status.watch !== 200) {
        response.end(JSON.stringify(this.#list()));
        return;
      }
      response.flushHeaders();
      this.#watches.add(response);
      response.on('close', () => this.#watches.delete(response));
    });
  }

  static async start(): Promise<ScriptedApiServer> {
    const scripted = new ScriptedApiServer();
    scripted.#server.listen(0, '127.0.0.1');
    await once(scripted.#server, 'listening');
    return scripted;
  }

  /** How a client reaches it. */
  get config(): KubeConfig {
    const { port } = this.#server.address() as AddressInfo; // not a pipe: it listens on a port
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      // The client refuses plain HTTP unless it is told not to mind.
      { name: 'scripted', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      { name: 'nobody' },
    );
    return config;
  }

  get openWatches(): number {
    return this.#watches.size;
  }

  /** Sends an event about a pod to all watches. */
  send(type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: string): void {
    this.#sendLine({ type, object: { metadata: { namespace: 'tenant', name: pod } } });
  }

  /** Tells all watches that what they ask for is too old, as after a compaction. */
  declareOver(): void {
    this.#sendLine({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } });
  }

  /** Ends all watches as an API server does when their time is up. */
  endWatches(): void {
    for (const watch of this.#watches) watch.end();
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

  #sendLine(event: object): void {
    for (const watch of this.#watches) watch.write(`${JSON.stringify(event)}\n`);
  }

  #list(): object {
    return {
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: '7' },
      items: this.pods.map((name) => ({ metadata: { namespace: 'tenant', name } })),
    };
  }
}
