import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

const PROVINCE = 'DataZone province';

describe('exchange grants', () => {
  it('a grant from an unknown tenant is refused [T-06]', () => {
    expect(judge(set(PROVINCE, 'spec.exchangeGrants.0.from.tenant', 'tradng'))).toEqual([
      'error ZB-EXG-001 DataZone province, spec.exchangeGrants[0].from.tenant: names the tenant "tradng", which does not exist; there are population, trading',
    ]);
  });

  it('a grant of a tenant to itself is refused', () => {
    expect(judge(set(PROVINCE, 'spec.exchangeGrants.0.from.tenant', 'population'))).toEqual([
      'error ZB-EXG-001 DataZone province, spec.exchangeGrants[0].to.tenant: grants population what it has: a tenant reaches its own pods without a grant',
    ]);
  });

  it('a grant whose last day is over is refused [T-06]', () => {
    expect(judge(set(PROVINCE, 'spec.exchangeGrants.0.until', '2026-11-21'))).toEqual([
      'error ZB-EXG-002 DataZone province, spec.exchangeGrants[0].until: trading-reads-population was granted until 2026-11-21, which is over',
    ]);
  });

  it('a grant is open on its last day [T-06]', () => {
    expect(judge(set(PROVINCE, 'spec.exchangeGrants.0.until', '2026-11-22'))).toEqual([]);
  });
});
