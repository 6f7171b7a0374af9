import { connectPeer, type CentreAccess } from '../../operators/api/peering/connect-peer.ts';
import { ApiServer } from '../centre/api-server.ts';
import type { Machine } from '../centre/machine.ts';
import type { Progress } from '../progress.ts';

/** How long the operators of a lab may read each other without a new start, in seconds. */
const LIFETIME = 30 * 86_400;

/**
 * Lets the operator of each centre read the others: what `docs/how-to/connect-peers.md` says for a real site. Each start
 * renews the tokens.
 * @throws PeeringError
 */
export async function connectPeers(machines: readonly Machine[], progress: Progress): Promise<void> {
  const centres = machines.map((machine) => ({ machine, api: new ApiServer(machine) }));
  try {
    for (const reader of centres) {
      const others = centres.filter((other) => other !== reader);
      await Promise.all(
        others.map((peer) =>
          connectPeer({
            reader: accessTo(reader),
            peer: accessTo(peer),
            apiServer: peer.machine.centre.apiServer,
            lifetime: LIFETIME,
          }),
        ),
      );
      const names = others.map(({ machine }) => machine.centre.name).join(', ');
      if (others.length > 0) progress.say(reader.machine.centre.name, `may read ${names}`);
    }
  } finally {
    for (const { api } of centres) api.close();
  }
}

function accessTo({ machine, api }: { readonly machine: Machine; readonly api: ApiServer }): CentreAccess {
  return { centre: machine.centre.name, send: (request) => api.send(request) };
}
