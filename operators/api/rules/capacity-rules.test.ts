import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

const POPULATION = 'Dataset population';
const CONTRACTS = 'Dataset contracts';

describe('what fits the lines between centres', () => {
  it('a dataset that changes faster than its line carries is refused with the arithmetic [D-02]', () => {
    expect(judge(set(POPULATION, 'spec.dailyChange', '2TiB'))).toEqual([
      'error ZB-CAP-001 Dataset population/population, spec.dailyChange: found 2TiB a day; the changes of 6.0 h take 17.5 h over long-haul (100Mbit × 0.7)',
    ]);
  });

  it('datasets that fit alone and not together are refused [D-02]', () => {
    expect(
      judge(set(POPULATION, 'spec.dailyChange', '500GiB'), set(CONTRACTS, 'spec.dailyChange', '500GiB')),
    ).toEqual([
      'error ZB-CAP-002 Topology example, spec.links[1].bandwidth: found 100Mbit; the changes of 3 datasets take 34.1 h of every day at 0.7 of it',
    ]);
  });
});
