import { describe, expect, it } from 'vitest';
import type { ProtectionPolicy } from '../../api/index.ts';
import { shippedProfiles } from '../../api/profiles/shipped-profiles.ts';
import { labSite } from '../testing/lab-site.ts';
import { judgeAlone } from './judge-policy.ts';

const { profiles } = shippedProfiles();
const { policies } = await labSite();

function important(
  change: (spec: ProtectionPolicy['spec']) => Partial<ProtectionPolicy['spec']>,
): ProtectionPolicy {
  const policy = policies.find(({ spec }) => spec.class === 'important');
  if (policy === undefined) throw new Error('the lab has no policy for important data');
  return { ...policy, spec: { ...policy.spec, ...change(policy.spec) } };
}

describe('a policy by itself', () => {
  it.each(policies)('makes sense: $metadata.name of the lab', (policy) => {
    expect(judgeAlone(policy, profiles)).toBeUndefined();
  });

  it.each<[string, ProtectionPolicy, string, string, RegExp]>([
    [
      'of a profile that the program has not',
      important(() => ({ profile: 'jiangxi-2024' })),
      'UnknownProfile',
      'spec.profile',
      /found jiangxi-2024; this program has the profiles fujian-2023, hebei-2023/,
    ],
    [
      'due on a day that never comes',
      important(({ timed }) => ({
        timed: timed && { ...timed, schedule: { cron: '0 0 31 2 *', timeZone: 'Asia/Shanghai' } },
      })),
      'RuleBroken',
      'spec.timed.schedule.cron',
      /31 2.*\(ZB-TIM-001\)/,
    ],
    [
      'in a time zone that does not exist',
      important(({ timed }) => ({
        timed: timed && { ...timed, schedule: { cron: '0 0 * * *', timeZone: 'Asia/Fuzhou' } },
      })),
      'RuleBroken',
      'spec.timed.schedule.timeZone',
      /Asia\/Fuzhou/,
    ],
    [
      'that degrades and does not say when',
      important(({ realtime }) => ({ realtime: realtime && { ...realtime, degradeAfter: undefined } })),
      'RuleBroken',
      'spec.realtime.degradeAfter',
      /ZB-RTL-001/,
    ],
    [
      'without the leg that its profile asks for',
      important(({ sources = [] }) => ({
        realtime: undefined,
        sources: sources.filter(({ field }) => field !== 'realtime'),
      })),
      'RuleBroken',
      'spec.realtime',
      /重要数据本地实时灾备/,
    ],
    [
      'with several mistakes, of which the first is told and the others are counted',
      important(() => ({ sources: [{ field: 'nonsense', source: 'x', status: 'proposal' as const }] })),
      'RuleBroken',
      'spec.sources',
      /1 more in status\.findings/,
    ],
  ])('is refused %s', (_title, policy, reason, field, message) => {
    expect(judgeAlone(policy, profiles)).toMatchObject({
      reason,
      field,
      message: expect.stringMatching(message) as string,
    });
  });

  it('is not refused for what another document may mend, such as a store that is not there yet', () => {
    const policy = important(({ timed }) => ({ timed: timed && { ...timed, store: 'elsewhere' } }));
    expect(judgeAlone(policy, profiles)).toBeUndefined();
  });
});
