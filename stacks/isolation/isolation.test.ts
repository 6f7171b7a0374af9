import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { OPERATOR } from '../../operators/api/layout/identities.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import { EXPORTER_PORT, EXPORTER_REPORT_PORT, STORE_PORT } from '../../operators/api/layout/ports.ts';
import {
  mayReach,
  mayReachAcross,
  openings,
  type Opening,
  type PodEndpoint,
} from '../../operators/api/network/index.ts';
import type { SiteModel } from '../../operators/api/site/site-model.ts';
import { buildApp, objectsOf } from '../app.ts';
import { sampleCentre, type CentreSamples } from '../reachability/centre-samples.ts';
import {
  CENTRES,
  databaseLabels,
  nodeAddress,
  siteFixture,
  type DatasetFixture,
  type GrantFixture,
  type SiteFixture,
} from '../testing/site-fixture.ts';

const TENANTS = ['police', 'health', 'tax', 'land', 'water'] as const;
const SEED = 20_231_129;

const tenantName = fc.constantFrom(...TENANTS);

const grants = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('g1', 'g2', 'g3', 'g4', 'g5', 'g6'),
    from: tenantName,
    to: tenantName,
    port: fc.constantFrom(80, 443, 5432),
    fromLabels: fc.constantFrom(undefined, { app: 'web' }),
    toLabels: fc.constantFrom(undefined, { app: 'api' }),
  }),
  { selector: ({ name }) => name, maxLength: 6 },
);

const datasets = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('d1', 'd2', 'd3', 'd4'),
    tenant: tenantName,
    engine: fc.constantFrom('postgres' as const, 'files' as const),
    class: fc.constantFrom('core' as const, 'important' as const, 'general' as const),
  }),
  { selector: ({ name }) => name, maxLength: 4 },
);

/** Random tenants, each with an API server or without, with random grants between them and random datasets. */
const sites: fc.Arbitrary<Required<Pick<SiteFixture, 'tenants' | 'grants' | 'datasets'>>> = fc
  .tuple(fc.array(fc.boolean(), { minLength: TENANTS.length, maxLength: TENANTS.length }), grants, datasets)
  .map(([apiAccess, someGrants, someDatasets]) => ({
    tenants: TENANTS.map((name, index) => ({ name, apiAccess: apiAccess[index] ?? false })),
    grants: someGrants
      .filter(({ from, to }) => from !== to)
      .map(({ fromLabels, toLabels, ...grant }) => ({
        ...grant,
        ...(fromLabels && { fromLabels }),
        ...(toLabels && { toLabels }),
      })),
    datasets: someDatasets.map((dataset, index) => ({ ...dataset, nodePort: 30_000 + index })),
  }));

describe('network policies of a zone', () => {
  it('let through exactly the grants between two tenants, and nothing else between two namespaces [T-06]', () => {
    fc.assert(
      fc.property(sites, fc.constantFrom(...CENTRES), (site, centre) => {
        const { cluster, pods } = samplesOf(siteFixture(site), centre);
        for (const source of pods) {
          for (const destination of pods) {
            if (source.namespace === destination.namespace) continue;
            const expected = expectedPorts(site, centre, source, destination);
            const found = openings(cluster, source, destination).flatMap(portsOf);
            expect(found.sort(), `${describePod(source)} → ${describePod(destination)}`).toEqual(expected);
          }
        }
      }),
      { seed: SEED, numRuns: 25 },
    );
  });

  it('agree on both sides: what one side of a pair of tenants allows, the other allows too, and nothing more [T-06]', () => {
    fc.assert(
      fc.property(sites, (site) => {
        const { cluster, pods } = samplesOf(siteFixture(site), 'production');
        const ofTenants = pods.filter((pod) => tenantOf(pod) !== undefined);
        for (const source of ofTenants) {
          for (const destination of ofTenants.filter(({ namespace }) => namespace !== source.namespace)) {
            const granted = expectedPorts(site, 'production', source, destination);
            for (const port of [53, 80, 443, 5432, EXPORTER_PORT]) {
              const { egress, ingress } = mayReach(cluster, source, destination, { protocol: 'TCP', port });
              const expected = granted.includes(`TCP ${port}`);
              const pair = `${describePod(source)} → ${describePod(destination)} ${port}`;
              expect([egress.allowed, ingress.allowed], pair).toEqual([expected, expected]);
            }
          }
        }
      }),
      { seed: SEED, numRuns: 10 },
    );
  });

  it('let no pod of a tenant, and no copy of it, reach another tenant in another centre [T-06]', () => {
    fc.assert(
      fc.property(sites, centrePairs(), (site, [from, to]) => {
        const model = siteFixture(site);
        const [here, there] = [samplesOf(model, from), samplesOf(model, to)];
        for (const source of here.pods) {
          for (const destination of there.pods) {
            if (tenantOf(source) === undefined || tenantOf(destination) === undefined) continue;
            if (tenantOf(source) === tenantOf(destination)) continue;
            for (const way of waysTo(site, destination, to)) {
              const { allowed } = mayReachAcross(
                { cluster: here.cluster, endpoint: source },
                { cluster: there.cluster, endpoint: destination },
                way.port,
                way.dialled,
              );
              expect(allowed, `${describePod(source)} → ${describePod(destination)} ${way.port.port}`).toBe(
                false,
              );
            }
          }
        }
      }),
      { seed: SEED, numRuns: 15 },
    );
  });

  it.each([
    {
      class: 'important',
      pulls: [
        'local-dr ← production',
        'local-dr ← remote-dr',
        'production ← local-dr',
        'production ← remote-dr',
        'remote-dr ← local-dr',
        'remote-dr ← production',
      ],
    },
    {
      class: 'general',
      pulls: [
        'local-dr ← remote-dr',
        'production ← remote-dr',
        'remote-dr ← local-dr',
        'remote-dr ← production',
      ],
    },
  ] as const)(
    'let the copies of $class data be pulled as designed, and after every takeover [T-02, D-01, D-02]',
    ({ class: dataClass, pulls }) => {
      for (const engine of ['postgres', 'files'] as const) {
        const dataset = { name: 'd', tenant: 'police', engine, class: dataClass, nodePort: 30_001 };
        const model = siteFixture({ tenants: [{ name: 'police' }, { name: 'tax' }], datasets: [dataset] });
        for (const namespace of ['police', copiesNamespace('police')]) {
          expect(pullsOf(model, dataset, namespace)).toEqual(pulls);
        }
      }
    },
  );
});

function samplesOf(model: SiteModel, name: string): CentreSamples {
  const centre = model.topology.spec.centres.find((candidate) => candidate.name === name);
  if (centre === undefined) throw new RangeError(name);
  return sampleCentre(centre, objectsOf(buildApp(model, { centres: [name] }), name));
}

function centrePairs(): fc.Arbitrary<[string, string]> {
  return fc
    .tuple(fc.constantFrom(...CENTRES), fc.constantFrom(...CENTRES))
    .filter(([from, to]) => from !== to);
}

/** The tenant whose pod it is, or whose copy. */
function tenantOf({ namespace }: PodEndpoint): string | undefined {
  return TENANTS.find((tenant) => namespace === tenant || namespace === copiesNamespace(tenant));
}

/** What the documents allow, worked out anew from them and not from the policies. Sorted by protocol and port. */
function expectedPorts(
  {
    grants: someGrants,
    datasets: someDatasets,
  }: { grants: readonly GrantFixture[]; datasets: readonly DatasetFixture[] },
  centre: string,
  source: PodEndpoint,
  destination: PodEndpoint,
): string[] {
  const ports = new Set<string>();
  if (destination.labels['k8s-app'] === 'kube-dns') {
    ports.add('TCP 53').add('UDP 53');
  }
  for (const { from, to, port, fromLabels = {}, toLabels = {} } of someGrants) {
    const isGranted =
      source.namespace === from &&
      destination.namespace === to &&
      carries(source, fromLabels) &&
      carries(destination, toLabels);
    if (isGranted) ports.add(`TCP ${port}`);
  }
  for (const { name, tenant, engine } of someDatasets) {
    const isHome = destination.namespace === tenant && carries(destination, databaseLabels(name));
    const isReplica =
      destination.namespace === copiesNamespace(tenant) && carries(destination, { [LABELS.replica]: name });
    const isOperator = source.namespace === 'zaibei-system' && carries(source, { [LABELS.name]: OPERATOR });
    if (engine === 'postgres' && isOperator && (isHome || isReplica)) ports.add('TCP 5432');
    const isExporter =
      [tenant, copiesNamespace(tenant)].includes(destination.namespace) &&
      carries(destination, { [LABELS.exporter]: name });
    if (engine === 'files' && isOperator && isExporter) ports.add(`TCP ${EXPORTER_REPORT_PORT}`);
    const isPuller =
      source.namespace === copiesNamespace(tenant) && carries(source, { [LABELS.dataset]: name });
    // Every copy goes into the remote store; the local one takes local copies, and all while the remote centre is home.
    const store = { 'remote-dr': 'remote', 'local-dr': 'local' }[centre];
    const isStore =
      destination.namespace === 'zb-store' &&
      store !== undefined &&
      carries(destination, { [LABELS.store]: store });
    if (isPuller && isStore) ports.add(`TCP ${STORE_PORT}`);
  }
  return [...ports].sort();
}

/** Every way in which a pod of another centre might be dialled: at its own address, and at the NodePorts of its tenant. */
function waysTo(
  { datasets: all }: { datasets: readonly DatasetFixture[] },
  destination: PodEndpoint,
  centre: string,
) {
  const { address } = destination;
  const own = all.filter(({ tenant }) => tenant === tenantOf(destination));
  const direct = [80, 443, 5432, EXPORTER_PORT, EXPORTER_REPORT_PORT].map((port) => ({
    port,
    dialled: { address, port },
  }));
  const byNodePort = own.map(({ engine, nodePort }) => ({
    port: engine === 'postgres' ? 5432 : EXPORTER_PORT,
    dialled: { address: nodeAddress(centre), port: nodePort },
  }));
  return [...direct, ...byNodePort].map(({ port, dialled }) => ({
    port: { protocol: 'TCP', port } as const,
    dialled,
  }));
}

/** Pairs of centres `puller ← source` between which the copies of a dataset travel, as packets would. */
function pullsOf(model: SiteModel, { name, engine, nodePort }: DatasetFixture, namespace: string): string[] {
  const samples = CENTRES.map((centre) => samplesOf(model, centre));
  const isServing = (pod: PodEndpoint): boolean =>
    pod.namespace === namespace &&
    [databaseLabels(name), { [LABELS.replica]: name }, { [LABELS.exporter]: name }].some((labels) =>
      carries(pod, labels),
    );
  const isPulling = (pod: PodEndpoint): boolean => carries(pod, { [LABELS.dataset]: name });
  const pulls = samples.flatMap((here) =>
    samples.flatMap((there) =>
      here.pods.filter(isPulling).flatMap((source) =>
        there.pods.filter(isServing).flatMap((destination) => {
          const { allowed } = mayReachAcross(
            { cluster: here.cluster, endpoint: source },
            { cluster: there.cluster, endpoint: destination },
            { protocol: 'TCP', port: engine === 'postgres' ? 5432 : EXPORTER_PORT },
            { address: nodeAddress(there.centre.name), port: nodePort },
          );
          return allowed && here !== there ? [`${here.centre.name} ← ${there.centre.name}`] : [];
        }),
      ),
    ),
  );
  return pulls.sort();
}

function carries({ labels }: PodEndpoint, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function portsOf({ protocol, firstPort, lastPort }: Opening): string[] {
  // A range this long is named and not listed: it is wrong in any case.
  if (lastPort - firstPort > 10) return [`${protocol} ${firstPort}–${lastPort}`];
  return Array.from({ length: lastPort - firstPort + 1 }, (_, index) => `${protocol} ${firstPort + index}`);
}

function describePod({ namespace, name }: PodEndpoint): string {
  return `${namespace} (${name})`;
}
