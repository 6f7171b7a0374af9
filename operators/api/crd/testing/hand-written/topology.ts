import type { HandWritten } from './hand-written.ts';

const REGION = { name: 'quanzhou', displayName: '泉州市', level: 'city', parent: 'fujian' };

/** What people write into a Topology, well and badly. */
export const topologyChanges: readonly HandWritten[] = [
  ['a centre without hazards', 'spec.centres[0].hazards', undefined, true],
  ['a centre without owner: that is a question of meaning', 'spec.centres[0].owner', undefined, true],
  ['no links yet', 'spec.links', undefined, true],
  ['a municipal centre', 'spec.centres[2].role', 'municipal', true],
  [
    'centres of another shape than 2 + 1: that is a question of meaning',
    'spec.centres[1].role',
    'remote-dr',
    true,
  ],
  [
    'a link that says what may cross',
    'spec.links[0].channel',
    { name: 'gap-1', statement: '公开目录' },
    true,
  ],
  ['a ceiling of half a millisecond, in words of the wrong unit', 'spec.links[0].rttCeiling', '0.5ms', false],
  ['a ceiling in microseconds', 'spec.links[0].rttCeiling', '500us', false],
  ['a rate without unit', 'spec.links[0].bandwidth', 1000, false],
  ['a rate in bytes', 'spec.links[0].bandwidth', '1GB', false],
  ['a rate in the operator’s words', 'spec.links[0].bandwidth', '1 Gbit/s', false],
  ['a link with one end', 'spec.links[0].between', ['production'], false],
  ['a link with three ends', 'spec.links[0].between', ['production', 'local-dr', 'remote-dr'], false],
  ['a link from a centre to itself', 'spec.links[0].between', ['production', 'production'], false],
  ['two centres of a name', 'spec.centres[1].name', 'production', false],
  ['two links of a name', 'spec.links[1].name', 'metro', false],
  ['two regions of a name', 'spec.regions[1].name', 'fujian', false],
  ['one more region', 'spec.regions[2]', REGION, true],
  ['a role in Chinese', 'spec.centres[0].role', '生产中心', false],
  ['a role of one’s own', 'spec.centres[0].role', 'primary', false],
  ['a hazard of one’s own', 'spec.centres[0].hazards[0].category', 'tsunami', false],
  [
    'a hazard twice',
    'spec.centres[0].hazards',
    [
      { category: 'flood', area: 'min' },
      { category: 'flood', area: 'min' },
    ],
    false,
  ],
  [
    'two hazards of a category',
    'spec.centres[0].hazards',
    [
      { category: 'flood', area: 'min' },
      { category: 'flood', area: 'ao' },
    ],
    true,
  ],
  ['a latitude beyond the pole', 'spec.centres[0].position.latitude', 90.01, false],
  ['a position as text', 'spec.centres[0].position.latitude', '26.08', false],
  ['half a position', 'spec.centres[0].position.longitude', undefined, false],
  ['an API server without TLS', 'spec.centres[0].apiServer', 'http://10.1.0.1:6443', false],
  ['an API server at an address that is none', 'spec.centres[0].apiServer', 'https://999.1.1.1:6443', false],
  ['an API server at a port that is none', 'spec.centres[0].apiServer', 'https://10.1.0.1:99999', false],
  ['an API server with a path', 'spec.centres[0].apiServer', 'https://10.1.0.1:6443/api', false],
  ['a network that is an address', 'spec.centres[0].nodeCidrs', ['10.1.0.0'], false],
  ['a network of IPv6', 'spec.centres[0].podCidrs', ['fd00::/64'], false],
  ['a network for a list', 'spec.centres[0].podCidrs', '10.11.0.0/16', false],
  ['a network twice', 'spec.centres[0].podCidrs', ['10.11.0.0/16', '10.11.0.0/16'], false],
  ['a field with a slip', 'spec.centers', [], false],
  ['current roles, which stand in Placement', 'spec.centres[0].currentRole', 'standby', false],
];
