import { describe, expect, it } from 'vitest';
import { copy, drop, judge, remove, set } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';
const IMPORTANT = 'ProtectionPolicy important';
const GENERAL = 'ProtectionPolicy general';
const POPULATION = 'Dataset population';

describe('protection policies', () => {
  it('a policy of another profile than the topology is refused', () => {
    expect(judge(set(GENERAL, 'spec.profile', 'hebei-2023'))).toEqual([
      'error ZB-POL-001 ProtectionPolicy general, spec.profile: found hebei-2023; the topology is judged by fujian-2023',
    ]);
  });

  it('a class in use without a policy is refused [D-07]', () => {
    expect(judge(drop(GENERAL))).toEqual([
      'error ZB-POL-002 Dataset trading/contracts, spec.class: is of the class general, for which there is no ProtectionPolicy',
    ]);
  });

  it('an unclassified dataset needs the policy for important data [D-07]', () => {
    expect(judge(drop(IMPORTANT), remove(POPULATION, 'spec.class'))).toEqual([
      'warning ZB-DST-002 Dataset population/population, spec.class: has no class, and is protected as important',
      'error ZB-POL-002 Dataset population/population, spec.class: is without a class, treated as important, for which there is no ProtectionPolicy',
      'error ZB-POL-002 Dataset zaibei-system/zone-state, spec.class: is of the class important, for which there is no ProtectionPolicy',
    ]);
  });

  it('two policies for one class are refused [D-07]', () => {
    expect(judge(copy(GENERAL, 'general-2'))).toEqual([
      'error ZB-POL-003 ProtectionPolicy general-2, spec.class: general is the class of the policy general already',
    ]);
  });

  it('important data without a real-time leg is refused with the line that asks for it [D-01, D-03]', () => {
    expect(
      judge(
        remove(IMPORTANT, 'spec.realtime'),
        remove(IMPORTANT, 'spec.sources.0'),
        set(IMPORTANT, 'spec.targets.siteLossRpo', '6h'),
      ),
    ).toEqual([
      'error ZB-POL-004 ProtectionPolicy important, spec.realtime: the class important is given a real-time copy in the local DR centre (本地实时灾备), and this policy has none: 闽政办〔2023〕29号 六-3: 重要数据本地实时灾备 (cited)',
    ]);
  });

  it('general data without a timed leg is refused: 全量 is all data [D-02]', () => {
    expect(judge(remove(GENERAL, 'spec.timed'), remove(GENERAL, 'spec.sources.0'))).toEqual([
      'error ZB-POL-004 ProtectionPolicy general, spec.timed: the class general is given timed copies in the remote DR centre (异地定时灾备), and this policy has none: 闽政办〔2023〕29号 六-3: 全量数据异地定时灾备 (cited)',
    ]);
  });

  it('a policy without a local copy is refused in Hebei [D-04, T-04]', () => {
    expect(
      judge(
        set(TOPOLOGY, 'spec.profile', 'hebei-2023'),
        set(IMPORTANT, 'spec.profile', 'hebei-2023'),
        set(GENERAL, 'spec.profile', 'hebei-2023'),
      ),
    ).toEqual([
      'error ZB-POL-004 ProtectionPolicy general, spec.timed.localCopy: the class general is given a point-in-time copy in the home locality (本地备份), and this policy has none: 冀政办字〔2023〕1号: 实现本地备份、异地备份 (cited)',
    ]);
  });

  it('a number without a source is refused [D-07]', () => {
    expect(judge(remove(GENERAL, 'spec.sources.2'))).toEqual([
      'error ZB-POL-005 ProtectionPolicy general, spec.sources: found no source for retention.keepLast, retention.keepVerified',
    ]);
  });

  it('a source for no number of the policy is refused', () => {
    expect(judge(set(GENERAL, 'spec.sources.2.field', 'retentoin'))).toEqual([
      'error ZB-POL-005 ProtectionPolicy general, spec.sources: found no source for retention.keepLast, retention.keepVerified',
      'error ZB-POL-005 ProtectionPolicy general, spec.sources[2].field: explains retentoin, which is no number of this policy',
    ]);
  });

  it('the same site passes under the profile of Hebei once all data has a local copy [T-04, D-04]', () => {
    const hebei = [TOPOLOGY, IMPORTANT, GENERAL].map((document) =>
      set(document, 'spec.profile', 'hebei-2023'),
    );
    expect(judge(...hebei, set(GENERAL, 'spec.timed.localCopy', true))).toEqual([]);
  });
});
