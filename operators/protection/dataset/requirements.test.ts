import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATA_CLASSES, type Dataset } from '../../api/index.ts';
import { MEASURES } from '../../api/profiles/measure.ts';
import { shippedProfiles } from '../../api/profiles/shipped-profiles.ts';
import { labSite } from '../testing/lab-site.ts';
import { requirementsOf } from './requirements.ts';

const { profiles, classifiedProtection } = shippedProfiles();
const site = await labSite();

/** What a dataset of a class and a level is to be given, by the lab's policies: `measure ← answer (who asks)`. */
function requirements(
  dataClass: Dataset['spec']['class'],
  securityLevel?: number,
  profile = 'fujian-2023',
): string[] {
  const policy = site.policies.find(({ spec }) => spec.class === (dataClass ?? 'important'));
  const judge = profiles.find(({ metadata }) => metadata.name === profile);
  const [like] = site.datasets;
  if (policy === undefined || judge === undefined || like === undefined) throw new Error('the lab lacks it');
  const system = { name: 'a system', ...(securityLevel !== undefined && { securityLevel }) };
  const dataset = { ...like, spec: { ...like.spec, class: dataClass, system } };
  return requirementsOf(dataset, policy, judge, classifiedProtection).map(
    ({ measure, answeredBy, askedBy }) => `${measure} ← ${answeredBy} (${askedBy.join('; ')})`,
  );
}

describe('what a dataset is to be given', () => {
  it('is both legs for important data and the timed one for all data [D-01, D-02, D-03]', () => {
    expect(requirements('important')).toEqual([
      'local-realtime ← realtime (profile fujian-2023)',
      'remote-timed ← timed (profile fujian-2023)',
    ]);
    expect(requirements('general')).toEqual(['remote-timed ← timed (profile fujian-2023)']);
  });

  it('is that of important data without a class [D-07]', () => {
    expect(requirements(undefined)).toEqual(requirements('important'));
  });

  it('is the union with what the level of the system asks for, each measure once [S-06]', () => {
    expect(requirements('important', 2)).toEqual([
      'local-realtime ← realtime (profile fujian-2023)',
      'local-copy ← timed (等保 level 1)',
      'remote-timed ← timed (profile fujian-2023; 等保 level 2)',
    ]);
  });

  it('shows what no leg gives at level 3, and what somebody must have looked at [S-06]', () => {
    expect(requirements('core', 3)).toContain('remote-realtime ← nothing (等保 level 3, 8.1.4.9 b))');
    expect(requirements('core', 3)).toContain('hot-redundancy ← attestation (等保 level 3, 8.1.4.9 c))');
  });

  it('follows the profile: Hebei asks for a local copy by policy [D-04]', () => {
    expect(requirements('important', undefined, 'hebei-2023').join()).toMatch(
      /local-copy ← timed \(profile hebei-2023/,
    );
  });

  it('never shrinks with the level', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DATA_CLASSES), fc.nat({ max: 3 }), (dataClass, level) => {
        const measures = (at: number): string[] =>
          requirements(dataClass, at).map((one) => one.split(' ')[0] ?? '');
        const [lower, higher] = [measures(level), measures(level + 1)];
        expect(higher).toEqual(expect.arrayContaining(lower));
        expect(higher).toEqual(MEASURES.filter((measure) => higher.includes(measure)));
      }),
    );
  });
});
