import { setTimeout as pause } from 'node:timers/promises';

import { NetworkSpace } from './network-space.ts';
import type { AgentTarget } from './probe-agent.ts';

/** The ports on which every pod and node of the world answers. */
export const ANSWERING = { tcp: [80, 81], udp: [53, 80] } as const;

/** How many pods a centre of the world has. */
const PODS = 4;

/** A centre of the world: a node with a bridge, as the lab's centres have it, and pods behind it. */
export interface PacketCentre {
  readonly nodeAddress: string;
  readonly podNetwork: string;
  readonly node: NetworkSpace;
  readonly pods: readonly PacketPod[];
}

/** A pod of the world: an address and the namespace behind it. */
export interface PacketPod {
  readonly address: string;
  readonly space: NetworkSpace;
}

/** A connection to try. */
export interface Attempt extends AgentTarget {
  readonly from: NetworkSpace;
}

/** Milliseconds: how long a connection that should come about may take; how much longer the others may still do so. */
const PATIENCE = { most: 5_000, linger: 100 };

/** Two centres made of network namespaces: pods, bridges, a link between the nodes, and nothing of Kubernetes. Needs root. */
export class PacketWorld {
  readonly one: PacketCentre;
  readonly other: PacketCentre;

  private constructor(one: PacketCentre, other: PacketCentre) {
    this.one = one;
    this.other = other;
  }

  /** Makes the world; takes a few seconds. */
  static async create(): Promise<PacketWorld> {
    const [one, other] = await Promise.all([createCentre(1), createCentre(2)]);
    await one.node.ip(`link add between type veth peer name between netns ${other.node.pid}`);
    await joinCentre(one, other);
    await joinCentre(other, one);
    return new PacketWorld(one, other);
  }

  get centres(): readonly PacketCentre[] {
    return [this.one, this.other];
  }

  /**
   * Makes all attempts at once and says which were answered. Those that should be are waited for; the rest have had as
   * long by then, and get a little more.
   */
  async tryAll<T extends Attempt>(
    attempts: readonly T[],
    shouldSucceed: (attempt: T) => boolean,
  ): Promise<Set<T>> {
    const answered = new Set<T>();
    const expected = attempts.map(async (attempt) => {
      const { from, protocol, address, port } = attempt;
      const answer = from.reach({ protocol, address, port }).then(() => void answered.add(attempt));
      if (shouldSucceed(attempt)) await answer;
    });
    const enough = new AbortController();
    const patience = pause(PATIENCE.most, undefined, { signal: enough.signal }).catch(() => undefined);
    await Promise.race([Promise.all(expected), patience]);
    enough.abort();
    await pause(PATIENCE.linger);
    for (const space of new Set(attempts.map(({ from }) => from))) space.stop();
    return answered;
  }

  /** Ends all of it; nothing stays behind. */
  async close(): Promise<void> {
    const spaces = this.centres.flatMap(({ node, pods }) => [...pods.map(({ space }) => space), node]);
    await Promise.all(spaces.map((space) => space.close()));
  }
}

async function createCentre(number: number): Promise<PacketCentre> {
  const subnet = `10.201.${number}`;
  const node = await NetworkSpace.create(ANSWERING);
  await node.ip(
    'link set lo up',
    'link add cni0 type bridge',
    `addr add ${subnet}.1/24 dev cni0`,
    'link set cni0 up',
  );
  // Packets between pods of one node are bridged, not routed; without this they would pass no ruleset.
  await node.run('sh', ['-c', 'echo 1 > /proc/sys/net/bridge/bridge-nf-call-iptables']);
  await node.run('sh', ['-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward']);
  const pods = await Promise.all(
    Array.from({ length: PODS }, async (_, index): Promise<PacketPod> => {
      const space = await NetworkSpace.create(ANSWERING);
      const address = `${subnet}.${11 + index}`;
      const port = `pod${index}`;
      await node.ip(
        `link add ${port} type veth peer name eth0 netns ${space.pid}`,
        `link set ${port} master cni0 up`,
        `link set ${port} type bridge_slave hairpin on`,
      );
      await space.ip(
        'link set lo up',
        `addr add ${address}/24 dev eth0`,
        'link set eth0 up',
        `route add default via ${subnet}.1`,
      );
      return { address, space };
    }),
  );
  return { nodeAddress: `10.200.0.${number}`, podNetwork: `${subnet}.0/24`, node, pods };
}

/** Gives the node its end of the link, and the way to the other node and its pods. */
async function joinCentre(centre: PacketCentre, other: PacketCentre): Promise<void> {
  await centre.node.ip(
    `addr add ${centre.nodeAddress}/24 dev between`,
    'link set between up',
    `route add ${other.podNetwork} via ${other.nodeAddress} dev between src ${centre.nodeAddress}`,
  );
}
