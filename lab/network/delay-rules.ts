import type { LabCentre } from '../instance.ts';

/**
 * Addresses from which the delay proxy of a centre connects onward, one for each pod and one for the node. They exist
 * inside the centre only: on their way out they are turned into the address of the pod or node that the connection is
 * for, so the far side sees who really called.
 */
export function standInNetwork(centre: LabCentre): string {
  return `100.64.${centre.ordinal}.0/24`;
}

/** The stand-in for a client of the proxy; the node's own is the one that the pod network's gateway would have. */
export function standInFor(centre: LabCentre, client: string): string {
  const [, , third, fourth] = client.split('.');
  const isPod = client.startsWith('10.') && third === String(centre.ordinal) && centre.nodeAddress !== client;
  return `100.64.${centre.ordinal}.${isPod && fourth !== undefined ? fourth : '1'}`;
}

/** Name of the nftables table with the redirection to one peer. */
export function delayTable(peer: LabCentre): string {
  return `lab-delay-${peer.ordinal}`;
}

/** One before kube-proxy's chains (dstnat, -100): the first that rewrites a connection decides. */
const BEFORE_SERVICES = -101;

/**
 * nftables text that leads TCP connections to some ports of a peer's node into the proxy, so that nobody has to use
 * other addresses. It replaces what the table held before.
 * @param roundTripMs said in the table's comment, by which one sees which delay is in force
 * @param listeners for each port of the peer, the port on which the proxy listens
 */
export function delayRules(
  centre: LabCentre,
  peer: LabCentre,
  listeners: ReadonlyMap<number, number>,
  roundTripMs: number,
): string {
  const table = delayTable(peer);
  const ports = [...listeners].map(([port, listener]) => `${port} : ${listener}`).join(', ');
  const standIns = standInNetwork(centre);
  // Not what comes from a stand-in: that is the proxy itself.
  const redirect =
    `ip saddr != ${standIns} ip daddr ${peer.nodeAddress} tcp dport { ${[...listeners.keys()].join(', ')} } ` +
    `redirect to :tcp dport map { ${ports} }`;
  return `table ip ${table}
delete table ip ${table}
table ip ${table} {
  comment "${roundTripMs} ms"
  chain from-pods {
    type nat hook prerouting priority ${BEFORE_SERVICES}; policy accept;
    ${redirect}
  }
  chain from-node {
    type nat hook output priority ${BEFORE_SERVICES}; policy accept;
    ${redirect}
  }
  chain onward {
    type nat hook postrouting priority srcnat - 1; policy accept;
    ip saddr ${standInFor(centre, centre.nodeAddress)} snat to ${centre.nodeAddress}
    ip saddr ${standIns} snat ip prefix to ip saddr map { ${standIns} : ${centre.podCidr} }
  }
}
`;
}
