/**
 * Makes a link long: a TCP proxy inside a centre through which connections to some ports of a peer's node are led.
 * The kernel could do it for every packet (netem), but that module is not on every machine.
 * `node lab/network/delay-proxy.ts <json>`, started and supervised by the centre's init.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { attempt, execute } from '../execute.ts';
import type { LabCentre } from '../instance.ts';
import { DelayLine } from './delay-line.ts';
import { delayRules, delayTable, standInFor, standInNetwork } from './delay-rules.ts';

/** What the proxy is told on its command line. */
export interface DelayOrder {
  readonly centre: LabCentre;
  readonly peer: LabCentre;
  readonly ports: readonly number[];
  /** Added to each round trip. */
  readonly roundTripMs: number;
}

const order = JSON.parse(process.argv[2] ?? '') as DelayOrder; // written by init, see delayComponent
const { centre, peer, ports, roundTripMs } = order;

const listeners = new Map<number, number>();
for (const port of ports) listeners.set(port, await listen(port));
// Makes every stand-in an address of this machine.
await execute('ip', ['route', 'replace', 'local', standInNetwork(centre), 'dev', 'lo']);
await execute('nft', ['--file', '-'], { input: delayRules(centre, peer, listeners, roundTripMs) });

process.once('SIGTERM', () => {
  void attempt('nft', ['delete', 'table', 'ip', delayTable(peer)]).finally(() => process.exit(0));
});

/** Listens for connections that are meant for a port of the peer; resolves with the port it listens on. */
function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
      lead(client, port);
    });
    server.once('error', reject);
    server.listen(0, '0.0.0.0', () => {
      // A TCP server's address has a port; only those of pipes are strings.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function lead(client: Socket, port: number): void {
  client.on('error', () => client.destroy());
  // The client's handshake with us took no time; on a long line it would have taken a round trip.
  setTimeout(() => {
    connectOnward(client, port);
  }, roundTripMs);
}

function connectOnward(client: Socket, port: number): void {
  if (client.destroyed) return;
  const upstream = connect({
    host: peer.nodeAddress,
    port,
    localAddress: standInFor(centre, client.remoteAddress ?? centre.nodeAddress),
    allowHalfOpen: true,
    noDelay: true,
  });
  const retry = (error: NodeJS.ErrnoException): void => {
    // The route is a black hole: the link is cut. To the caller that is silence until it is healed, not a refusal.
    if (error.code !== 'EINVAL') client.destroy();
    else
      setTimeout(() => {
        connectOnward(client, port);
      }, 1_000);
  };
  upstream.once('error', retry);
  upstream.once('connect', () => {
    upstream.off('error', retry);
    const end = (error: unknown): void => {
      // What broke on one side is broken on the other; what ended in order is ended by the pipelines.
      if (error) for (const socket of [client, upstream]) socket.destroy();
    };
    pipeline(client, new DelayLine(roundTripMs / 2), upstream, end);
    pipeline(upstream, new DelayLine(roundTripMs / 2), client, end);
  });
}
