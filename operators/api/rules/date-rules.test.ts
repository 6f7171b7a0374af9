import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

const PROVINCE = 'DataZone province';
const POPULATION = 'Dataset population';
const CONTRACTS = 'Dataset contracts';

describe('calendar days', () => {
  it('a grant until a day that does not exist is refused', () => {
    expect(judge(set(PROVINCE, 'spec.exchangeGrants.0.until', '2027-02-30'))).toEqual([
      'error ZB-DAT-001 DataZone province, spec.exchangeGrants[0].until: found 2027-02-30, a day that does not exist; use a day of the calendar',
    ]);
  });

  it('an assessment on a day that does not exist, and a result without a day, are refused [S-06]', () => {
    expect(
      judge(
        set(POPULATION, 'spec.system.cryptography', { status: 'planned', date: '2027-02-30' }),
        set(CONTRACTS, 'spec.system.cryptography', { status: 'passed' }),
      ),
    ).toEqual([
      'error ZB-DAT-002 Dataset population/population, spec.system.cryptography.date: found 2027-02-30, a day that does not exist; use a day of the calendar',
      'error ZB-DAT-002 Dataset trading/contracts, spec.system.cryptography.date: missing; the result passed has a day',
    ]);
  });

  it('a result of a day that is still to come is refused [S-06]', () => {
    expect(
      judge(set(CONTRACTS, 'spec.system.cryptography', { status: 'passed', date: '2027-01-01' })),
    ).toEqual([
      'error ZB-DAT-002 Dataset trading/contracts, spec.system.cryptography.date: found 2027-01-01, which is still to come; the result passed has been given already',
    ]);
  });
});
