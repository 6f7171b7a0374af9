import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../operators/api/kinds/dataset.ts';
import type { SiteModel } from '../../operators/api/site/site-model.ts';
import { guardPolicy, legOpenings } from './leg-openings.ts';
import { legsOf } from './legs.ts';
import { CENTRES, siteFixture, type DatasetFixture } from '../testing/site-fixture.ts';

const database: DatasetFixture = {
  name: 'd1',
  tenant: 'tax',
  engine: 'postgres',
  class: 'important',
  nodePort: 30_001,
};

const model = siteFixture({ tenants: [{ name: 'tax' }], datasets: [database] });

/** The dataset of the fixture with another spec. */
function datasetWith(spec: Partial<Dataset['spec']>): Dataset {
  const [dataset] = model.datasets;
  if (dataset === undefined) throw new RangeError('the fixture has no dataset');
  return { ...dataset, spec: { ...dataset.spec, ...spec } };
}

/** What a policy opens at one end, readable: `10.3.0.1/32:30001`, `zb-store[store=local]:8000`. */
function opened(dataset: Dataset, centreName: string, policyName: string, site: SiteModel = model): string[] {
  const { centres } = site.topology.spec;
  const centre = centres.find(({ name }) => name === centreName);
  if (centre === undefined) throw new RangeError(centreName);
  const policies = legOpenings(dataset, legsOf(site, dataset, centres), centre);
  return policies
    .filter(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` === policyName)
    .flatMap(({ spec }) => [...(spec?.ingress ?? []), ...(spec?.egress ?? [])])
    .flatMap((rule) => {
      const peers = 'from' in rule ? rule.from : 'to' in rule ? rule.to : [];
      const ports = (rule.ports ?? [{ port: 'all' }]).map(({ port }) => String(port));
      return peers.flatMap(({ ipBlock, namespaceSelector, podSelector }) => {
        const namespace = Object.values(namespaceSelector?.matchLabels ?? {}).join();
        const labels = Object.entries(podSelector?.matchLabels ?? {}).map((pair) => pair.join('='));
        return ports.map((port) => `${ipBlock?.cidr ?? `${namespace}[${labels.join()}]`}:${port}`);
      });
    });
}

describe('openings where the data is served', () => {
  it('let in the pod networks of the centres that pull, and the operator, to the one port of the pods that hold it [D-01, D-02]', () => {
    const expected = [
      '10.102.0.0/16:5432',
      '10.103.0.0/16:5432',
      'zaibei-system[app.kubernetes.io/name=zaibei-operator]:5432',
    ];
    expect(opened(datasetWith({}), 'production', 'tax/serve-d1').sort()).toEqual(expected);
    expect(opened(datasetWith({}), 'production', 'zb-copies-tax/serve-d1').sort()).toEqual(expected);
  });

  it('of general data let in the remote centre alone while the home is where it was designed', () => {
    expect(opened(datasetWith({ class: 'general' }), 'production', 'tax/serve-d1')).toEqual([
      '10.103.0.0/16:5432',
      'zaibei-system[app.kubernetes.io/name=zaibei-operator]:5432',
    ]);
  });

  it('of a volume are those of its exporter: others pull, and the operator alone asks it how it is', () => {
    const [files] = siteFixture({ datasets: [{ ...database, engine: 'files' }] }).datasets;
    expect(files && opened(files, 'production', 'tax/serve-d1').sort()).toEqual([
      '10.102.0.0/16:8443',
      '10.103.0.0/16:8443',
      'zaibei-system[app.kubernetes.io/name=zaibei-operator]:8444',
    ]);
  });

  it('of an object store that stands elsewhere are none; of one in the tenant, those of its pods', () => {
    const perCentre = CENTRES.map((centre) => ({ centre, host: 'store.example', port: 9000 }));
    const objects = { endpoint: { perCentre }, bucket: 'b' };
    const elsewhere = { ...datasetWith({ objects }).spec };
    delete elsewhere.postgres;
    const dataset = { ...datasetWith({}), spec: elsewhere };
    expect(opened(dataset, 'production', 'tax/serve-d1')).toEqual([]);
    const inside = { ...dataset, spec: { ...elsewhere, objects: { ...objects, podLabels: { app: 's3' } } } };
    expect(opened(inside, 'production', 'tax/serve-d1')).toContain('10.102.0.0/16:9000');
  });
});

describe('openings of the operator', () => {
  it('lead to the databases of its centre and to the reports of exporters, and to no files [D-01]', () => {
    const { datasets, topology } = siteFixture({
      tenants: [{ name: 'tax' }],
      datasets: [database, { ...database, name: 'd2', engine: 'files', nodePort: 30_002 }],
    });
    const [centre] = topology.spec.centres;
    if (centre === undefined) throw new RangeError('the fixture has no centre');
    const [policy] = guardPolicy('tax', datasets, centre);
    const ports = policy?.spec?.egress?.flatMap((rule) => rule.ports?.map(({ port }) => port));
    expect(ports).toEqual([5432, 5432, 8444, 8444]);
  });
});

describe('openings where a copy lands', () => {
  it('lead to the addresses at which the data is served, and to the store, and nowhere else [D-01, D-02]', () => {
    expect(opened(datasetWith({}), 'remote-dr', 'zb-copies-tax/pull-d1').sort()).toEqual([
      '10.1.0.1/32:30001',
      '10.2.0.1/32:30001',
      'zb-store[zaibei.io/store=remote]:8000',
    ]);
    expect(opened(datasetWith({}), 'local-dr', 'zb-copies-tax/pull-d1').sort()).toEqual([
      '10.1.0.1/32:30001',
      '10.3.0.1/32:30001',
      'zb-store[zaibei.io/store=local]:8000',
    ]);
  });

  it('take the networks of a centre for a name: those of its nodes for a NodePort, those of its pods too for another port', () => {
    const everywhere = (port: number): Dataset => {
      const { postgres } = datasetWith({}).spec;
      if (postgres === undefined) throw new RangeError('the fixture has no database');
      return datasetWith({
        postgres: { ...postgres, endpoint: { everywhere: { host: 'db.example', port } } },
      });
    };
    const pulls = (port: number): string[] =>
      opened(everywhere(port), 'remote-dr', 'zb-copies-tax/pull-d1').filter((one) =>
        one.endsWith(`:${port}`),
      );
    expect(pulls(30_001)).toEqual(['10.1.0.0/24:30001', '10.2.0.0/24:30001']);
    expect(pulls(5432)).toEqual([
      '10.1.0.0/24:5432',
      '10.101.0.0/16:5432',
      '10.2.0.0/24:5432',
      '10.102.0.0/16:5432',
    ]);
  });

  it('lead to an object store of the centre, where that is the store', () => {
    const stores = model.stores.map((store) => ({
      ...store,
      spec: { ...store.spec, location: { s3: { host: '10.3.0.9', port: 443, bucket: 'b' } } },
    }));
    expect(opened(datasetWith({}), 'remote-dr', 'zb-copies-tax/pull-d1', { ...model, stores })).toContain(
      '10.3.0.9/32:443',
    );
  });

  it('of the state of the platform lead from the system to the API servers of the other centres, and to the store', () => {
    const spec = { ...datasetWith({ clusterState: { scope: 'zone' } }).spec };
    delete spec.postgres;
    const state = { ...datasetWith({}), metadata: { name: 'state', namespace: 'zaibei-system' }, spec };
    expect(opened(state, 'remote-dr', 'zaibei-system/pull-state').sort()).toEqual([
      '10.1.0.1/32:6443',
      '10.2.0.1/32:6443',
      'zb-store[zaibei.io/store=remote]:8000',
    ]);
  });
});
