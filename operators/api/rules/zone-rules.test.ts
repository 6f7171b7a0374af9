import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

const PROVINCE = 'DataZone province';
const CITY = 'DataZone city-b';

describe('data zones and their tenants', () => {
  it('a zone of an unknown region is refused', () => {
    expect(judge(set(PROVINCE, 'spec.region', 'provinze'))).toEqual([
      'error ZB-ZON-001 DataZone province, spec.region: names the region "provinze", which does not exist; there are province, city-a, city-b, county-c',
    ]);
  });

  it('a zone of another level than its region is refused [T-09]', () => {
    expect(judge(set(PROVINCE, 'spec.region', 'city-a'))).toEqual([
      'error ZB-ZON-001 DataZone province, spec.region: city-a is a city, and the zone is of the level province',
    ]);
  });

  it('a zone in a centre that does not exist is refused', () => {
    expect(judge(set(PROVINCE, 'spec.centres', ['production', 'local-dr', 'remote']))).toEqual([
      'error ZB-ZON-001 DataZone province, spec.centres[2]: names the centre "remote", which does not exist; there are production, local-dr, remote-dr, municipal',
      'error ZB-DST-005 Dataset population/population, spec.postgres.endpoint.perCentre: names no address for remote, where the data may live after a takeover',
    ]);
  });

  it('a zone in a centre of the other network of government is refused [T-18]', () => {
    expect(judge(set(CITY, 'spec.networkDomain', 'intranet'))).toEqual([
      'error ZB-ZON-002 DataZone city-b, spec.centres[0]: municipal lies in extranet, and the zone in intranet',
    ]);
  });

  it('tenants that are promised more than the share of the zone are refused, per resource [T-07]', () => {
    expect(
      judge(
        set(PROVINCE, 'spec.tenants.0.quota.memory', '30Gi'),
        set(PROVINCE, 'spec.tenants.1.quota.cpu', '6500m'),
      ),
    ).toEqual([
      'error ZB-ZON-003 DataZone province, spec.quota.cpu: the 2 tenants are promised 8.5 cores together; the zone has 8',
      'error ZB-ZON-003 DataZone province, spec.quota.memory: the 2 tenants are promised 38Gi of memory together; the zone has 32Gi',
    ]);
  });

  it('a tenant with the name of a system namespace is refused [T-06]', () => {
    expect(
      judge(
        set(CITY, 'spec.tenants', [
          {
            name: 'kube-system',
            displayName: 'x',
            kind: 'department',
            platform: 'city-b',
            owner: { organisation: 'x' },
            quota: { cpu: '1', memory: '1Gi', storage: '1Gi', pods: 1 },
          },
        ]),
      ),
    ).toEqual([
      'error ZB-ZON-004 DataZone city-b, spec.tenants[0].name: kube-system is a namespace of the system; use another name',
    ]);
  });

  it.each([['production'], ['municipal']])(
    'two tenants of one name are refused, in one centre or in two [T-06]: %s',
    (centre) => {
      const tenant = {
        name: 'population',
        displayName: 'x',
        kind: 'department',
        platform: 'city-b',
        owner: { organisation: 'x' },
        quota: { cpu: '1', memory: '1Gi', storage: '1Gi', pods: 1 },
      };
      expect(judge(set(CITY, 'spec.centres', [centre]), set(CITY, 'spec.tenants', [tenant]))).toEqual([
        'error ZB-ZON-004 DataZone city-b, spec.tenants[0].name: population is a tenant of the zone province already; a Dataset in that namespace would belong to both',
      ]);
    },
  );

  it('a tenant of an unknown platform is refused [T-11]', () => {
    expect(judge(set(PROVINCE, 'spec.tenants.1.platform', 'tradeing'))).toEqual([
      'error ZB-ZON-005 DataZone province, spec.tenants[1].platform: names the platform "tradeing", which does not exist; there are provincial, trading',
    ]);
  });

  it('a product that is not domestic, and an undeclared layer, are refused where the zone requires domestic products [T-22]', () => {
    expect(judge(set(PROVINCE, 'spec.requireDomestic', ['cpu', 'database']))).toEqual([
      'error ZB-ZON-006 DataZone province, spec.tenants[0].products[1].domestic: DB Y is not domestic; the zone requires domestic products on the layer database',
      'error ZB-ZON-006 DataZone province, spec.tenants[1].products: trading names no product of the layer database; the zone requires a domestic one',
    ]);
  });

  it('a role for an unknown tenant is refused [T-20, S-02]', () => {
    expect(judge(set(PROVINCE, 'spec.roles.0.tenants', ['tradin']))).toEqual([
      'error ZB-ZON-007 DataZone province, spec.roles[0].tenants[0]: names the tenant "tradin", which does not exist; there are population, trading',
    ]);
  });

  it('a department role without a tenant is refused [T-20, S-02]', () => {
    expect(judge(set(PROVINCE, 'spec.roles.0.tenants', []))).toEqual([
      'error ZB-ZON-007 DataZone province, spec.roles[0].tenants: a role of the tier department names no tenant; it is limited to at least one',
    ]);
  });
});
