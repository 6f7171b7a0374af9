import { describe, expect, it } from 'vitest';
import { drop, findingsOf, judge, set, type Change } from './testing/example-site.ts';

const PROVINCE = 'DataZone province';
const IN_PROVINCE = 'DataZone province, or make it a dataset of a tenant whose zone has them';

/** What is said about the zone of the dataset `population` when it stands in these centres only. */
function told(centres: readonly string[], ...others: readonly Change[]): string[] {
  return judge(set(PROVINCE, 'spec.centres', centres), ...others).filter(
    (finding) => finding.includes('ZB-DST-009') && finding.includes('population'),
  );
}

describe('parts of centres', () => {
  it.each([
    [['municipal'], 'production centre and no local DR centre and no remote DR centre'],
    [['production'], 'local DR centre and no remote DR centre'],
    [['production', 'local-dr'], 'remote DR centre'],
    [['local-dr', 'remote-dr'], 'production centre'],
    [['production', 'remote-dr'], 'local DR centre'],
  ])(
    'a dataset whose zone stands in %s is refused: nobody could protect it [D-01, D-02]',
    (centres, lacking) => {
      expect(told(centres)).toEqual([
        `error ZB-DST-009 Dataset population/population, metadata.namespace: its zone province stands in ${centres.join(', ')}, and has no ${lacking}`,
      ]);
    },
  );

  it('a dataset without a real-time leg needs no local DR centre', () => {
    expect(told(['production', 'remote-dr'], set('Dataset population', 'spec.class', 'general'))).toEqual([]);
  });

  it('a zone with a centre that does not exist is told of once, and not by each of its datasets', () => {
    expect(told(['production', 'remote'])).toEqual([]);
  });

  it('a zone without datasets may stand in one centre', () => {
    expect(judge()).toEqual([]);
    expect(told(['municipal'], drop('Dataset population'))).toEqual([]);
  });

  it('tells what to do', () => {
    const [finding] = findingsOf(set(PROVINCE, 'spec.centres', ['municipal'])).filter(
      ({ code }) => code === 'ZB-DST-009',
    );
    expect(finding?.remedy).toBe(`add the centres to spec.centres of the ${IN_PROVINCE}`);
  });
});
