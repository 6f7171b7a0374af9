import { describe, expect, it } from 'vitest';
import { buildApp, objectsOf } from '../app.ts';
import { databaseLabels, siteFixture } from '../testing/site-fixture.ts';
import { sampleCentre } from './centre-samples.ts';
import { reachabilityRows, renderReachability } from './reachability-table.ts';

describe('reachability of a zone', () => {
  const model = siteFixture({
    tenants: [{ name: 'police' }, { name: 'tax' }],
    grants: [{ name: 'g', from: 'tax', to: 'police', port: 5432, toLabels: databaseLabels('d1') }],
    datasets: [{ name: 'd1', tenant: 'police', engine: 'postgres', class: 'general', nodePort: 30_001 }],
  });
  const { centres } = model.topology.spec;
  const [centre] = centres;
  if (centre === undefined) throw new RangeError('the fixture has no centre');
  const rows = reachabilityRows(sampleCentre(centre, objectsOf(buildApp(model), centre.name)), centres);

  it('says who may reach whom, on which port, because of which policies [T-06]', () => {
    expect(rows).toContainEqual({
      from: ['tax'],
      to: 'police (db=d1)',
      ports: 'TCP 5432',
      because: 'grant-g-asks, grant-g-serves',
    });
    expect(rows).toContainEqual({
      from: ['pods of remote-dr 10.103.0.0/16'],
      to: 'police (db=d1)',
      ports: 'TCP 5432',
      because: 'serve-d1',
    });
    expect(rows).toContainEqual({
      from: ['zb-copies-police (dataset=d1)'],
      to: 'nodes of remote-dr 10.3.0.1/32',
      ports: 'TCP 30001',
      because: 'pull-d1',
    });
  });

  it('says a thing once: what holds for all pods of a namespace is not repeated for some of them', () => {
    const dns = rows.filter(({ to, ports }) => to.startsWith('kube-system') && ports === 'UDP 53');
    expect(dns).toHaveLength(1);
    expect(dns[0]?.from).toEqual([
      'zaibei-system',
      'zb-store',
      'zb-copies-police',
      'zb-copies-tax',
      'police',
      'tax',
    ]);
  });

  it('has nothing that leads to the tenant that nobody was granted', () => {
    expect(rows.filter(({ to }) => to.startsWith('tax'))).toEqual([]);
  });

  it('is a table that people can read', () => {
    const text = renderReachability(centre, rows);
    expect(text.split('\n').slice(0, 4)).toEqual([
      '## production production',
      '',
      '| From | To | Port | Because of |',
      '|---|---|---|---|',
    ]);
    expect(text).toContain('| tax | police (db=d1) | TCP 5432 | grant-g-asks, grant-g-serves |');
    expect(text.endsWith('Everything else is closed. Pods of one namespace reach each other.')).toBe(true);
  });
});
