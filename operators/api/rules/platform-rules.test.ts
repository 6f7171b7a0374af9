import { describe, expect, it } from 'vitest';
import { judge, remove, set } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';
const PROVINCE = 'DataZone province';
const CITY = 'DataZone city-b';
const IMPORTANT = 'ProtectionPolicy important';
const GENERAL = 'ProtectionPolicy general';
const SITE = 'Site example';

describe('the platforms of 1+1+10+N', () => {
  it('a whole province with one municipal platform instead of ten is refused [T-11]', () => {
    expect(judge(set(SITE, 'spec.extent', 'whole'))).toEqual([
      'error ZB-PLT-001 Topology example, spec.profile: found 1 platform of the kind municipal; the profile fujian-2023 has exactly 10',
    ]);
  });

  it('two provincial platforms are refused even in a part of a province [T-11]', () => {
    expect(
      judge(set(CITY, 'spec.platforms.0.kind', 'provincial'), remove(CITY, 'spec.platforms.0.upstream')),
    ).toEqual([
      'error ZB-PLT-001 DataZone city-b, spec.platforms[0].kind: found 2 platforms of the kind provincial; the profile fujian-2023 has at most 1',
    ]);
  });

  it('two platforms of one name are refused', () => {
    expect(judge(set(CITY, 'spec.platforms.0.name', 'trading'))).toEqual([
      'error ZB-PLT-002 DataZone city-b, spec.platforms[0].name: trading is a platform of the zone province already',
    ]);
  });

  it('a municipal platform without an upstream is refused [T-10, T-11]', () => {
    expect(judge(remove(CITY, 'spec.platforms.0.upstream'))).toEqual([
      'error ZB-PLT-003 DataZone city-b, spec.platforms[0].upstream: city-b is a municipal platform and names no upstream',
    ]);
  });

  it('an upstream that does not exist is refused [T-10]', () => {
    expect(judge(set(CITY, 'spec.platforms.0.upstream.platform', 'provinical'))).toEqual([
      'error ZB-PLT-003 DataZone city-b, spec.platforms[0].upstream.platform: names the platform "provinical", which does not exist; there are provincial, trading, city-b',
    ]);
  });

  it('an upstream of the provincial platform is refused [T-11]', () => {
    expect(
      judge(set(PROVINCE, 'spec.platforms.0.upstream', { platform: 'trading', link: 'interconnect' })),
    ).toEqual([
      'error ZB-PLT-003 DataZone province, spec.platforms[0].upstream: provincial is the provincial platform; there is none above it',
    ]);
  });

  it('a municipal platform that is not cascaded to the provincial one is refused [T-10]', () => {
    expect(
      judge(set(CITY, 'spec.platforms.0.upstream', { platform: 'trading', link: 'interconnect' })),
    ).toEqual([
      'error ZB-PLT-004 DataZone city-b, spec.platforms[0].upstream.platform: trading is a trading platform; a municipal one is under a provincial one',
      'error ZB-PLT-004 DataZone city-b, spec.platforms[0].upstream.link: found interconnect; a municipal platform uses cascade',
    ]);
  });

  it('a county platform without a reason is refused in Fujian [T-15]', () => {
    expect(judge(set(CITY, 'spec.platforms.0.level', 'county'))).toEqual([
      'error ZB-PLT-005 DataZone city-b, spec.platforms[0].level: city-b is run by a county; 闽政办〔2023〕29号: 各县(市、区)原则上不独立建设; no reason is stated',
    ]);
  });

  it('a county platform with a reason is a warning that repeats it in Fujian [T-15]', () => {
    expect(
      judge(
        set(CITY, 'spec.platforms.0.level', 'county'),
        set(CITY, 'spec.platforms.0.justification', 'no line to the city'),
      ),
    ).toEqual([
      'warning ZB-PLT-005 DataZone city-b, spec.platforms[0].level: city-b is run by a county; 闽政办〔2023〕29号: 各县(市、区)原则上不独立建设; stated reason: no line to the city',
    ]);
  });

  it('a county platform is refused in Hebei whatever its reason [T-15, T-04]', () => {
    expect(
      judge(
        set(TOPOLOGY, 'spec.profile', 'hebei-2023'),
        set(IMPORTANT, 'spec.profile', 'hebei-2023'),
        set(GENERAL, 'spec.profile', 'hebei-2023'),
        set(GENERAL, 'spec.timed.localCopy', true),
        set(CITY, 'spec.platforms.0.level', 'county'),
        set(CITY, 'spec.platforms.0.justification', 'no line to the city'),
      ),
    ).toEqual([
      'error ZB-PLT-005 DataZone city-b, spec.platforms[0].level: city-b is run by a county; 冀政办字〔2023〕1号: 县级及以下不另行建设',
    ]);
  });

  it('a municipal centre without a cascade link is refused [T-10]', () => {
    expect(judge(set(TOPOLOGY, 'spec.links.3.type', 'interconnect'))).toEqual([
      'error ZB-PLT-006 Topology example, spec.centres[3].name: municipal has no cascade link to a centre of the province',
    ]);
  });
});
