import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';

import { describeCluster, type NetworkPolicy, type PodEndpoint } from '../../operators/api/network/index.ts';
import { renderRuleset } from './ruleset.ts';
import { PacketWorld, type Attempt, type PacketPod } from './testing/packet-world.ts';

let world: PacketWorld;
beforeAll(async () => {
  world = await PacketWorld.create();
}, 60_000);
afterAll(async () => {
  await world.close();
});
afterEach(async () => {
  for (const { pods } of world.centres) for (const { space } of pods) space.stop();
  await world.one.node.run('nft', ['flush', 'ruleset']);
});

/** Waits until the expectation holds; long, because the machine may be busy and a stopped connection waits before it retries. */
function eventually(expectation: () => void): Promise<void> {
  return vi.waitFor(expectation, { timeout: 15_000 });
}

/** The pod of the first centre at that place. */
function pod(index: number): PacketPod {
  const found = world.one.pods[index];
  if (found === undefined) throw new RangeError(`the world has no pod ${index}`);
  return found;
}

/** Loads policies of the namespace `tenant`, in which the pods are called pod0, pod1 and so on. */
async function load(specs: readonly NetworkPolicy['spec'][], knownPods = world.one.pods): Promise<void> {
  const pods = knownPods.map(({ address }): PodEndpoint => ({
    kind: 'pod',
    namespace: 'tenant',
    name: `pod${world.one.pods.findIndex((candidate) => candidate.address === address)}`,
    labels: {},
    address,
    namedPorts: [],
  }));
  const cluster = describeCluster({
    namespaces: [{ metadata: { name: 'tenant' } }],
    policies: specs.map((spec, index) => ({
      metadata: { namespace: 'tenant', name: `p${index}` },
      ...(spec && { spec }),
    })),
  });
  const ruleset = renderRuleset({ podNetwork: world.one.podNetwork, pods, cluster });
  await world.one.node.run('nft', ['-f', '-'], ruleset);
}

/** Which of the attempts are answered, by their place; those expected to be are waited for. */
async function answered(attempts: readonly Attempt[], expected: readonly number[]): Promise<number[]> {
  const found = await world.tryAll(attempts, (attempt) => expected.includes(attempts.indexOf(attempt)));
  return attempts.flatMap((attempt, index) => (found.has(attempt) ? [index] : []));
}

const tcp = (from: PacketPod['space'], address: string, port = 80): Attempt => ({
  from,
  protocol: 'TCP',
  address,
  port,
});
const denyAll = { policyTypes: ['Ingress', 'Egress'] };

test('an established connection that a new policy forbids stops at once, and goes on when it is allowed again', async () => {
  await load([]);
  let forbidden = 0;
  let other = 0;
  pod(0).space.talk({ protocol: 'TCP', address: pod(1).address, port: 80 }, () => (forbidden += 1));
  world.one.node.talk({ protocol: 'TCP', address: pod(1).address, port: 80 }, () => (other += 1));
  await eventually(() => {
    expect(forbidden).toBeGreaterThan(3);
  });

  await load([denyAll]);
  const [atDenial, otherAtDenial] = [forbidden, other];
  // Measured against a connection that goes on: by then the forbidden one would have had as many answers.
  await eventually(() => {
    expect(other).toBeGreaterThan(otherAtDenial + 10);
  });
  // One answer may have been on its way.
  expect(forbidden).toBeLessThanOrEqual(atDenial + 1);

  await load([]);
  const stopped = forbidden;
  await eventually(() => {
    expect(forbidden).toBeGreaterThan(stopped + 3);
  });
});

test('an address of the pod network that belongs to no known pod is shut off both ways, but not from its node', async () => {
  const [newcomer, ...known] = world.one.pods;
  if (newcomer === undefined) throw new RangeError('the world has pods');
  await load([], known);
  const attempts = [
    tcp(newcomer.space, pod(1).address),
    tcp(pod(1).space, newcomer.address),
    tcp(newcomer.space, world.other.nodeAddress),
    tcp(world.other.node, newcomer.address),
    tcp(world.one.node, newcomer.address),
    tcp(newcomer.space, world.one.nodeAddress),
    tcp(pod(1).space, pod(2).address),
  ];
  expect(await answered(attempts, [4, 5, 6])).toEqual([4, 5, 6]);
});

test('a Service is judged as the pod and port that it leads to, and a pod reaches itself through one', async () => {
  const service = '10.96.7.7';
  await world.one.node.run(
    'nft',
    ['-f', '-'],
    `table ip services {
      chain translate {
        type nat hook prerouting priority dstnat; policy accept;
        ip daddr ${service} tcp dport 8080 dnat to ${pod(1).address}:80
        ip daddr ${service} tcp dport 8081 dnat to ${pod(1).address}:81
        ip daddr ${service} tcp dport 9090 dnat to ${pod(0).address}:80
      }
      chain outgoing {
        type nat hook postrouting priority srcnat; policy accept;
        ip saddr ${pod(0).address} ip daddr ${pod(0).address} masquerade
      }
    }`,
  );
  await load([
    denyAll,
    {
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 80 }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    },
  ]);
  const attempts = [
    tcp(pod(0).space, service, 8080),
    tcp(pod(0).space, service, 8081),
    tcp(pod(0).space, service, 9090),
  ];
  expect(await answered(attempts, [0, 2])).toEqual([0, 2]);

  await load([denyAll]);
  expect(await answered(attempts, [2])).toEqual([2]);
});

test('an error about an allowed connection reaches the one who opened it', async () => {
  await load([denyAll, { policyTypes: ['Egress'], egress: [{}] }]);
  const nowhere = '10.201.2.250';
  await world.other.node.ip(`route add unreachable ${nowhere}`);
  expect(await answered([tcp(pod(0).space, nowhere)], [0])).toEqual([0]);
});
