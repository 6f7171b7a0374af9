import type { Dataset, ProtectionPolicy } from '../../api/index.ts';
import type { DatasetStatus } from '../../api/kinds/dataset-status.ts';
import type { ClassifiedProtection } from '../../api/profiles/classified-protection.ts';
import { MEASURES } from '../../api/profiles/measure.ts';
import type { PolicyProfile } from '../../api/profiles/policy-profile.ts';
import { requiredMeasures } from '../../api/profiles/required-measures.ts';
import { answerToMeasure } from '../../api/rules/answer-to-measure.ts';
import { effectiveClass } from '../../api/rules/protection-plan.ts';

/** One thing that a dataset is to be given, who asks for it, and what answers it. */
export type Requirement = NonNullable<DatasetStatus['requirements']>[number];

/**
 * What a dataset is to be given: the union of what the profile of its policy asks for its class and what 等保 asks for the
 * level of its system, each measure once, with the leg of the policy that gives it.
 */
export function requirementsOf(
  dataset: Dataset,
  policy: ProtectionPolicy,
  profile: PolicyProfile,
  protection: ClassifiedProtection,
): Requirement[] {
  const { securityLevel } = dataset.spec.system ?? {};
  const required = requiredMeasures(effectiveClass(dataset), securityLevel, profile, protection);
  const localCounts = profile.spec.localSiteCountsAsOffsite.value;
  return MEASURES.flatMap((measure) => {
    const asking = required.filter((requirement) => requirement.measure === measure);
    if (asking.length === 0) return [];
    const attested = asking.every(({ shownBy }) => shownBy === 'attestation');
    const answer = answerToMeasure(policy, measure, localCounts);
    return {
      measure,
      askedBy: [...new Set(asking.map(({ by }) => by))],
      answeredBy: answer ?? (attested ? 'attestation' : 'nothing'),
    };
  });
}
