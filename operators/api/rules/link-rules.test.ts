import { describe, expect, it } from 'vitest';
import { judge, remove, set } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';
const CITY = 'DataZone city-b';

describe('the lines between centres', () => {
  it('a link to a centre that does not exist is refused', () => {
    expect(judge(set(TOPOLOGY, 'spec.links.3.between', ['municpal', 'production']))).toEqual([
      'error ZB-PLT-006 Topology example, spec.centres[3].name: municipal has no cascade link to a centre of the province',
      'error ZB-LNK-001 Topology example, spec.links[3].between[0]: names the centre "municpal", which does not exist; there are production, local-dr, remote-dr, municipal',
    ]);
  });

  it('a missing line between production and remote DR is named with the leg that needs it [D-02]', () => {
    expect(judge(remove(TOPOLOGY, 'spec.links.1'))).toEqual([
      'error ZB-LNK-002 Topology example, spec.links: found no link between production and remote-dr: the timed leg (全量数据异地定时灾备) runs over it',
    ]);
  });

  it('a round-trip ceiling that light in fibre cannot keep is refused with the arithmetic', () => {
    expect(judge(set(TOPOLOGY, 'spec.links.1.rttCeiling', '4ms'))).toEqual([
      'error ZB-LNK-003 Topology example, spec.links[1].rttCeiling: found 4ms; 314 km of fibre take 4.7 ms there and back (0.01 ms a km × 1.5)',
    ]);
  });

  it('a slow line to local DR is pointed out [D-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.links.0.rttCeiling', '4ms'))).toEqual([
      'warning ZB-LNK-004 Topology example, spec.links[0].rttCeiling: found 4ms; the profile fujian-2023 (proposal) expects at most 3ms between production and local-dr',
    ]);
  });

  it('a link between the two networks of government without a channel is refused [T-18]', () => {
    expect(
      judge(
        set(TOPOLOGY, 'spec.centres.3.networkDomain', 'intranet'),
        set(CITY, 'spec.networkDomain', 'intranet'),
      ),
    ).toEqual([
      'error ZB-LNK-005 Topology example, spec.links[3]: joins municipal (intranet) and production (extranet) without a channel',
    ]);
  });

  it('a metro link between two cities is pointed out', () => {
    expect(judge(set(TOPOLOGY, 'spec.links.1.type', 'metro'))).toEqual([
      'warning ZB-LNK-006 Topology example, spec.links[1].type: found metro; the ends stand in city-a and in city-b, so it is long-haul',
    ]);
  });
});
