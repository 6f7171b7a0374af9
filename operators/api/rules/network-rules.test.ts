import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';

describe('the networks of the centres', () => {
  it('networks that overlap between centres are refused [T-06]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.1.podCidrs.0', '10.1.128.0/17'))).toEqual([
      'error ZB-NET-001 Topology example, spec.centres[1].podCidrs[0]: 10.1.128.0/17 overlaps with 10.1.0.0/16 of production; every network is used once',
    ]);
  });

  it('a network that overlaps with the services is refused', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.1.podCidrs.0', '10.96.0.0/12'))).toEqual([
      'error ZB-NET-002 Topology example, spec.centres[1].podCidrs[0]: 10.96.0.0/12 overlaps with 10.96.0.0/16, the services of every centre; use another network',
    ]);
  });

  it('an address in place of a network is refused with both readings', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.1.nodeCidrs.0', '10.0.2.7/24'))).toEqual([
      'error ZB-NET-003 Topology example, spec.centres[1].nodeCidrs[0]: found 10.0.2.7/24, an address within a network; use 10.0.2.0/24 or 10.0.2.7/32',
    ]);
  });

  it('two centres behind one API server are refused [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.1.apiServer', 'https://10.0.1.10:6443'))).toEqual([
      'error ZB-NET-004 Topology example, spec.centres[1].apiServer: https://10.0.1.10:6443 is the API server of production already',
    ]);
  });

  it('one API server written in two ways is refused all the same [T-01]', () => {
    const written = (first: string, second: string) =>
      judge(
        set(TOPOLOGY, 'spec.centres.0.apiServer', first),
        set(TOPOLOGY, 'spec.centres.1.apiServer', second),
      );
    expect(written('https://api.example', 'https://API.example:443')).toEqual([
      'error ZB-NET-004 Topology example, spec.centres[1].apiServer: https://API.example:443 is the API server of production already',
    ]);
    expect(written('https://api.example', 'https://api.example:6443')).toEqual([]);
  });
});
