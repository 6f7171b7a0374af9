import type { DataClass, Dataset, Placement, ProtectionPolicy } from '../../api/index.ts';
import type { ShippedProfiles } from '../../api/profiles/shipped-profiles.ts';
import { effectiveClass, policyOf } from '../../api/rules/protection-plan.ts';
import type { Verdict } from '../facts/verdict.ts';
import type { NoRoles } from '../placement/designed-roles.ts';
import { judgeAlone } from '../policy/judge-policy.ts';
import { requirementsOf, type Requirement } from './requirements.ts';

/** What is to be done for a dataset, as far as the documents say it. */
export interface Resolution {
  readonly effectiveClass: DataClass;
  /** Policy of its class, also one that is meaningless. */
  readonly policy: ProtectionPolicy | undefined;
  readonly requirements: readonly Requirement[];
  /** Whether the documents say it all: the condition `Resolved`. */
  readonly verdict: Verdict;
}

/**
 * Finds out what is to be done for a dataset: the class decides the policy, policy and 等保 level the legs, the Placement of
 * the group who runs them.
 * @param placement the Placement of its group, or why there is none
 */
export function resolveDataset(
  dataset: Dataset,
  policies: readonly ProtectionPolicy[],
  { profiles, classifiedProtection }: ShippedProfiles,
  placement: Pick<Placement, 'spec'> | NoRoles,
): Resolution {
  const dataClass = effectiveClass(dataset);
  const policy = policyOf(policies, dataClass);
  const unresolved = (reason: string, message: string): Resolution => ({
    effectiveClass: dataClass,
    policy,
    requirements: [],
    verdict: { status: 'False', reason, message },
  });
  if (policy === undefined) {
    return unresolved('NoPolicy', `There is no ProtectionPolicy for the class ${dataClass}.`);
  }
  const { name } = policy.metadata;
  const profile = profiles.find(({ metadata }) => metadata.name === policy.spec.profile);
  const meaningless = judgeAlone(policy, profiles);
  if (profile === undefined || meaningless !== undefined) {
    return unresolved('PolicyStalled', `The policy ${name} makes no sense; see its condition Stalled.`);
  }
  const requirements = requirementsOf(dataset, policy, profile, classifiedProtection);
  if ('reason' in placement) {
    return { ...unresolved(placement.reason, placement.message), requirements };
  }
  const { home, epoch } = placement.spec;
  const message = `By the policy ${name}, with home in ${home} at epoch ${epoch}.`;
  return {
    effectiveClass: dataClass,
    policy,
    requirements,
    verdict: { status: 'True', reason: 'Resolved', message },
  };
}
