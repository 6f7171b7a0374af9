import type { ProtectionPolicy } from '../../api/index.ts';
import type { ReportedFinding } from '../../api/kinds/reported-finding.ts';
import type { PolicyProfile } from '../../api/profiles/policy-profile.ts';
import { findingsAbout } from '../facts/findings-about.ts';

const UNKNOWN_PROFILE = { code: 'ZB-PRT-001', reason: 'UnknownProfile' } as const;

const RULE_BROKEN = { code: 'ZB-PRT-002', reason: 'RuleBroken' } as const;

/** What makes a policy meaningless by itself, whatever else there is in the site. */
export type Meaningless = (typeof UNKNOWN_PROFILE | typeof RULE_BROKEN) & {
  /** Field that must be changed. */
  readonly field: string;
  /** What was found, and what is allowed; that it is about the field is said by whoever tells it. */
  readonly message: string;
  readonly findings: readonly ReportedFinding[];
};

/** Verdicts on documents that were judged already: each dataset of a class asks about the policy of its class. */
const verdicts = new WeakMap<ProtectionPolicy, { readonly verdict: Meaningless | undefined }>();

/**
 * Judges a policy against the profile that it names, by the rules that need no other document. What is wrong by them only a
 * change of the policy can mend. What a policy is among the other documents of the site is judged apart: that may become
 * right when another document arrives.
 */
export function judgeAlone(
  policy: ProtectionPolicy,
  profiles: readonly PolicyProfile[],
): Meaningless | undefined {
  const known = verdicts.get(policy) ?? { verdict: judge(policy, profiles) };
  verdicts.set(policy, known);
  return known.verdict;
}

function judge(policy: ProtectionPolicy, profiles: readonly PolicyProfile[]): Meaningless | undefined {
  const profile = profiles.find(({ metadata }) => metadata.name === policy.spec.profile);
  if (profile === undefined) {
    const names = profiles.map(({ metadata }) => metadata.name).join(', ');
    return {
      ...UNKNOWN_PROFILE,
      field: 'spec.profile',
      message: `found ${policy.spec.profile}; this program has the profiles ${names}. Name one of them, or deploy an operator that has it.`,
      findings: [],
    };
  }
  const findings = findingsAbout(policy, 'policies', { policies: [policy], profile }, new Set());
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : ` ${others.length} more in status.findings.`;
  return {
    ...RULE_BROKEN,
    field: first.field,
    message: `${first.message} (${first.code}).${more}`,
    findings,
  };
}
