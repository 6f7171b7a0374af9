import { describe, expect, it } from 'vitest';
import { judge, remove, set } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';

describe('the tree of regions', () => {
  it('a city without a region above is refused [T-10]', () => {
    expect(judge(remove(TOPOLOGY, 'spec.regions.1.parent'))).toEqual([
      'error ZB-REG-001 Topology example, spec.regions[1].parent: city-a is a city and names no region above; only a province has none',
    ]);
  });

  it('a region above that does not exist is refused [T-10]', () => {
    expect(judge(set(TOPOLOGY, 'spec.regions.1.parent', 'provinz'))).toEqual([
      'error ZB-REG-001 Topology example, spec.regions[1].parent: names the region "provinz", which does not exist; there are province, city-a, city-b, county-c',
    ]);
  });

  it('regions that lie within each other are refused with the way round [T-10]', () => {
    expect(judge(set(TOPOLOGY, 'spec.regions.0.parent', 'city-a'))).toEqual([
      'error ZB-REG-002 Topology example, spec.regions[0].parent: lies within itself: province → city-a → province',
      'error ZB-REG-003 Topology example, spec.regions[0].parent: province is a province within city-a, a city; the order is province → city → county',
    ]);
  });

  it('a city within a county is refused [T-10]', () => {
    expect(judge(set(TOPOLOGY, 'spec.regions.1.parent', 'county-c'))).toEqual([
      'error ZB-REG-002 Topology example, spec.regions[1].parent: lies within itself: city-a → county-c → city-a',
      'error ZB-REG-003 Topology example, spec.regions[1].parent: city-a is a city within county-c, a county; the order is province → city → county',
    ]);
  });

  it('a centre in an unknown city is refused [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.2.region', 'city-x'))).toEqual([
      'error ZB-REG-004 Topology example, spec.centres[2].region: names the region "city-x", which does not exist; there are province, city-a, city-b, county-c',
    ]);
  });

  it('a centre that stands in a province, and so in no city, is refused [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.2.region', 'province'))).toEqual([
      'error ZB-REG-004 Topology example, spec.centres[2].region: stands in province, which is no city and lies in none; name the city',
    ]);
  });

  it('a centre in a county stands in the city of that county [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.1.region', 'county-c'))).toEqual([]);
  });
});
