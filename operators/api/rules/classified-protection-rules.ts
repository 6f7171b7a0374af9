import { MEASURE_NAMES, type Measure } from '../profiles/measure.ts';
import { requiredMeasures } from '../profiles/required-measures.ts';
import { answerToMeasure } from './answer-to-measure.ts';
import { effectiveClass, policyOf } from './protection-plan.ts';
import { defineRule, type Rule } from './rule.ts';

const union = defineRule({
  code: 'ZB-CLP-001',
  title: 'The policy of a dataset gives what the 等保 level of its system asks for too',
  why: 'The policy alone leaves a level-3 system short: important data is copied in real time locally only, and losing the city costs a whole interval.',
  severity: 'strict',
  policyLines: ['S-06', 'D-07'],
  judges: ['datasets', 'profile', 'classifiedProtection'],
  consults: ['policies'],
  check: function* ({ datasets, profile, classifiedProtection, policies }) {
    const localCounts = profile.spec.localSiteCountsAsOffsite.value;
    for (const dataset of datasets) {
      const policy = policyOf(policies, effectiveClass(dataset));
      const level = dataset.spec.system?.securityLevel;
      if (policy === undefined || level === undefined) continue;
      const required = requiredMeasures(effectiveClass(dataset), level, profile, classifiedProtection);
      // What the profile asks for is judged with the policy; here it is what the level adds.
      const asked = required.flatMap(({ from, measure }) => (from === 'policy' ? [measure] : []));
      const short = required.filter(
        ({ measure, shownBy }) =>
          shownBy === 'documents' &&
          !asked.includes(measure) &&
          answerToMeasure(policy, measure, localCounts) === undefined,
      );
      for (const { by, measure } of short) {
        yield {
          document: dataset,
          field: ['spec', 'system', 'securityLevel'],
          message: `${by} asks for ${MEASURE_NAMES[measure]}, which the policy ${policy.metadata.name} does not give`,
          remedy: REMEDIES[measure],
        };
      }
    }
  },
});

const REMEDIES: Readonly<Partial<Record<Measure, string>>> = {
  'local-copy': 'set timed.localCopy: true in the policy',
  'remote-timed': 'add the timed leg to the policy',
  'remote-realtime':
    'decide with the assessor whether the local DR centre counts as off site (localSiteCountsAsOffsite of the profile), or protect it by other means',
};

/** Rules about classified protection (等保). */
export const classifiedProtectionRules: readonly Rule[] = [union];
