import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

import { mayReach, mayReachAcross, type ClusterPolicies } from '../../operators/api/network/index.ts';
import { networkPolicies } from '../../operators/api/network/testing/policy-arbitraries.ts';
import { AGNHOST_IMAGE } from '../images/image-recipes.ts';
import { apply, kubectl, testMachine } from '../testing/test-lab.ts';
import {
  call,
  inCentre,
  removeTenants,
  setPolicies,
  startTenants,
  TENANT_PORTS,
  TENANTS,
  type Call,
  type TenantCentre,
} from './testing/tenant-pods.ts';

const POLICY_SETS = 5;
const SEED = 20_230_829;

let production: TenantCentre;
let localDr: TenantCentre;
beforeAll(async () => {
  [production, localDr] = await Promise.all([
    startTenants(testMachine('production')),
    startTenants(testMachine('local-dr')),
  ]);
});
afterAll(async () => {
  await Promise.all([removeTenants(production), removeTenants(localDr)]);
});
beforeEach(async () => {
  await Promise.all([setPolicies(production, []), setPolicies(localDr, [])]);
});

/** A centre with the policies that its API server has. */
interface JudgedCentre extends TenantCentre {
  readonly cluster: ClusterPolicies;
}

/** Every call from a pod of the one centre to a pod of the other, with what the evaluator says. */
function judgedCalls(source: JudgedCentre, destination: JudgedCentre): (Call & { allowed: boolean })[] {
  return source.pods.flatMap((from) =>
    destination.pods.flatMap((to) =>
      TENANT_PORTS.map(({ protocol, port }) => ({
        from,
        address: to.address,
        protocol,
        port,
        allowed:
          source === destination
            ? mayReach(source.cluster, from, to, { protocol, port }).allowed
            : mayReachAcross(
                { cluster: source.cluster, endpoint: from },
                { cluster: destination.cluster, endpoint: to },
                { protocol, port },
              ).allowed,
      })),
    ),
  );
}

/** The calls of which the packets did not do what the evaluator says. */
async function wrongCalls(source: JudgedCentre, destination: JudgedCentre): Promise<unknown[]> {
  const calls = judgedCalls(source, destination);
  const answered = await call(source, calls);
  return calls
    .filter(({ allowed }, index) => answered[index] !== allowed)
    .map(({ from, address, protocol, port, allowed }) => ({
      call: `${from.namespace}/${from.name} -> ${address} ${protocol}/${port}`,
      allowed,
    }));
}

describe('tenants of two centres', () => {
  const networks = () => [production, localDr].map(({ machine }) => machine.centre.podCidr);
  const vocabulary = () => ({
    namespaces: Object.keys(TENANTS),
    blocks: [
      { cidr: '0.0.0.0/0', except: networks() },
      ...[production, localDr].flatMap(({ machine, pods }) => [
        { cidr: machine.centre.podCidr, except: pods.map(({ address }) => `${address}/32`) },
        ...pods.map(({ address }) => ({ cidr: `${address}/32`, except: [] })),
      ]),
    ],
    ports: TENANT_PORTS.map(({ port }) => port),
    portNames: TENANT_PORTS.map(({ name }) => name),
    protocols: TENANT_PORTS.map(({ protocol }) => protocol),
  });

  test.each(Array.from({ length: POLICY_SETS }, (_, index) => index))(
    'reach each other as the evaluator says, under generated policies %i',
    async (index) => {
      const generated = networkPolicies(vocabulary(), 4);
      const [sets] = fc.sample(fc.tuple(generated, generated), { seed: SEED + index, numRuns: 1 });
      const centres = await Promise.all(
        [production, localDr].map(async (centre, place) => ({
          ...centre,
          cluster: await setPolicies(centre, sets?.[place] ?? []),
        })),
      );
      const everywhere = async (): Promise<void> => {
        const pairs = centres.flatMap((source) =>
          centres.map((destination) => wrongCalls(source, destination)),
        );
        expect((await Promise.all(pairs)).flat()).toEqual([]);
      };
      await vi.waitFor(everywhere, { timeout: 60_000, interval: 100 });
    },
  );
});

test('a pod is isolated from its first moment, and one that may call gets through', async () => {
  const [server] = production.pods;
  if (server === undefined) throw new RangeError('there are tenant pods');
  await setPolicies(production, [
    { metadata: { namespace: 'netpol-blue', name: 'no-egress' }, spec: { policyTypes: ['Egress'] } },
  ]);
  const names = Array.from({ length: 4 }, (_, index) => `caller${index}`);
  const caller = (namespace: string, name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'main',
          image: AGNHOST_IMAGE,
          imagePullPolicy: 'Never',
          args: ['connect', '--timeout=5s', `${server.address}:${TENANT_PORTS[0].port}`],
        },
      ],
    },
  });
  await apply(
    production.machine,
    ...Object.keys(TENANTS).flatMap((tenant) => names.map((name) => caller(tenant, name))),
  );
  const phases = async (namespace: string): Promise<string[]> => {
    const phase = '--output=jsonpath={range .items[*]}{.status.phase}{"\\n"}{end}';
    const selection = [
      '--field-selector=metadata.name!=pod0,metadata.name!=pod1',
      `--namespace=${namespace}`,
    ];
    return (await kubectl(production.machine, ['get', 'pods', ...selection, phase])).trim().split('\n');
  };
  await vi.waitFor(
    async () => {
      expect(await phases('netpol-red')).toEqual(names.map(() => 'Succeeded'));
      expect(await phases('netpol-blue')).toEqual(names.map(() => 'Failed'));
    },
    { timeout: 60_000, interval: 200 },
  );
});

test('through a NodePort of another centre, both centres must agree', async () => {
  const nodePort = 30_081;
  await apply(localDr.machine, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'netpol-red' },
    spec: {
      type: 'NodePort',
      // Local: the caller keeps its address, by which the policy knows it.
      externalTrafficPolicy: 'Local',
      selector: { app: 'web' },
      ports: [{ port: TENANT_PORTS[0].port, nodePort }],
    },
  });
  const [from] = production.pods;
  if (from === undefined) throw new RangeError('there are tenant pods');
  const address = localDr.machine.centre.nodeAddress;
  const answered = async (): Promise<boolean> =>
    (await call(production, [{ from, address, protocol: 'TCP', port: nodePort }]))[0] ?? false;
  const expectAnswered = (expected: boolean): Promise<void> =>
    vi.waitFor(
      async () => {
        expect(await answered()).toBe(expected);
      },
      { timeout: 30_000, interval: 100 },
    );

  const asks = (port: number) => ({
    metadata: { namespace: from.namespace, name: 'asks' },
    spec: {
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: `${address}/32` } }], ports: [{ port }] }],
    },
  });
  const serves = (cidr: string) => ({
    metadata: { namespace: 'netpol-red', name: 'serves' },
    spec: { ingress: [{ from: [{ ipBlock: { cidr } }], ports: [{ port: TENANT_PORTS[0].port }] }] },
  });
  await setPolicies(production, [asks(nodePort)]);
  await setPolicies(localDr, [serves(`${from.address}/32`)]);
  await expectAnswered(true);
  await setPolicies(production, [asks(TENANT_PORTS[0].port)]);
  await expectAnswered(false);
  await setPolicies(production, [asks(nodePort)]);
  await expectAnswered(true);
  await setPolicies(localDr, [serves(`${address}/32`)]);
  await expectAnswered(false);
});

test('packets between pods of one node pass the packet filter', async () => {
  for (const { machine } of [production, localDr]) {
    expect(await inCentre(machine, 'cat', ['/proc/sys/net/bridge/bridge-nf-call-iptables'])).toBe('1\n');
  }
});
