import { callMetrics, ClusterConnection, HttpApiClient, type Dependencies } from '../../runtime/index.ts';
import type { ConnectPeer } from './peers.ts';

/** Calls of one peer a second, and at once: its reflectors and probe need a handful, a list of what differs a few more. */
const RATE = { perSecond: 10, burst: 20 };

/** Makes connections to the API servers of peers. */
export function peerConnections({ clock, metrics }: Dependencies): ConnectPeer {
  const observe = callMetrics(metrics);
  return (peer, source) => {
    const connection = new ClusterConnection(peer, source, clock);
    const client = new HttpApiClient({ connection, clock, observe, rate: RATE });
    return { client, close: () => connection.close() };
  };
}
