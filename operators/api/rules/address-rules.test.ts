import { describe, expect, it } from 'vitest';
import { copy, judge, remove, set, type Change } from './testing/example-site.ts';

const POPULATION = 'Dataset population';
const CONTRACTS = 'Dataset contracts';

/** Moves the contracts to an address. */
function moveTo(host: string, port: number): Change {
  return set(CONTRACTS, 'spec.files.endpoint', { everywhere: { host, port } });
}

describe('the addresses of datasets', () => {
  it('one address for datasets of two systems is refused [S-06]', () => {
    expect(judge(moveTo('10.0.2.11', 30432))).toEqual([
      'error ZB-DST-007 Dataset trading/contracts, spec.files.endpoint.everywhere: 10.0.2.11:30432 is the address of population/population already, which belongs to 人口系统',
    ]);
    expect(judge(moveTo('10.0.2.11', 30433))).toEqual([]);
  });

  it('datasets of one system may share an address, and so may those of different centres', () => {
    expect(judge(moveTo('10.0.2.11', 30432), set(CONTRACTS, 'spec.system.name', '人口系统'))).toEqual([]);
    const elsewhere = (centre: string, host: string) => ({ centre, host, port: 30432 });
    const perCentre = [
      elsewhere('production', '10.0.2.11'),
      elsewhere('local-dr', '10.0.3.11'),
      elsewhere('remote-dr', '10.0.1.11'),
    ];
    expect(judge(set(CONTRACTS, 'spec.files.endpoint', { perCentre }))).toEqual([]);
  });

  it('one store serves buckets of several systems, and each bucket or prefix once', () => {
    const objects = (bucket: string, prefix: string) => ({
      bucket,
      prefix,
      endpoint: { everywhere: { host: 's3.example', port: 443 } },
    });
    const second = (bucket: string, prefix: string): Change[] => [
      remove(CONTRACTS, 'spec.files'),
      copy(CONTRACTS, 'second'),
      set('Dataset second', 'spec.system.name', '第二系统'),
      set(CONTRACTS, 'spec.objects', objects('one', 'a/')),
      set('Dataset second', 'spec.objects', objects(bucket, prefix)),
    ];
    expect(judge(...second('two', 'a/'))).toEqual([]);
    expect(judge(...second('one', 'b/'))).toEqual([]);
    expect(judge(...second('one', 'a/'))).toEqual([
      'error ZB-DST-007 Dataset trading/second, spec.objects.endpoint.everywhere: s3.example:443 is the address of trading/contracts already, which belongs to 交易系统',
    ]);
  });

  it('the API server of a centre is refused, also under a name in other letters [T-06]', () => {
    // Another port of the same host is another server.
    expect(judge(set(POPULATION, 'spec.postgres.endpoint.perCentre.1.host', '10.0.2.10'))).toEqual([]);
    expect(judge(moveTo('10.0.4.10', 6443))).toEqual([
      'error ZB-DST-008 Dataset trading/contracts, spec.files.endpoint.everywhere: 10.0.4.10:6443 is the API server of municipal; name the address of the data',
    ]);
    expect(
      judge(
        set('Topology example', 'spec.centres.3.apiServer', 'https://api.example'),
        moveTo('API.example', 443),
      ),
    ).toEqual([
      'error ZB-DST-008 Dataset trading/contracts, spec.files.endpoint.everywhere: api.example:443 is the API server of municipal; name the address of the data',
    ]);
  });
});
