import type { DataClass } from '../kinds/protection-policy.ts';
import type { ClassifiedProtection } from './classified-protection.ts';
import type { Measure } from './measure.ts';
import type { PolicyProfile } from './policy-profile.ts';

/** A measure that somebody asks for, with who and where. */
export interface RequiredMeasure {
  readonly measure: Measure;
  /** The policy profile, or the 等保 level. */
  readonly from: 'policy' | 'level';
  /** Where it is asked for: `profile fujian-2023` or `等保 level 3, 8.1.4.9 b)`. */
  readonly by: string;
  /** Whether the documents of a site show it, or only somebody who has looked. */
  readonly shownBy: 'documents' | 'attestation';
}

/**
 * What a dataset is given: the union of the policy profile and of the 等保 clauses up to the level of its system.
 * Neither alone is enough: the policy asks for important data in real time locally, level 3 asks for it off site.
 * @param level 等保 level of the system; undefined asks for nothing beyond the policy
 */
export function requiredMeasures(
  dataClass: DataClass,
  level: number | undefined,
  profile: PolicyProfile,
  protection: ClassifiedProtection,
): RequiredMeasure[] {
  const byPolicy = profile.spec.measures
    .filter(({ classes }) => classes.includes(dataClass))
    .map(({ measure }): RequiredMeasure => ({
      measure,
      from: 'policy',
      by: `profile ${profile.metadata.name}`,
      shownBy: 'documents',
    }));
  const byLevel = protection.spec.clauses
    .filter((clause) => clause.level <= (level ?? 0) && clause.classes.includes(dataClass))
    .map((clause): RequiredMeasure => ({
      measure: clause.measure,
      from: 'level',
      by: [`等保 level ${clause.level}`, clause.clause].filter((part) => part !== undefined).join(', '),
      shownBy: clause.shownBy,
    }));
  return [...byPolicy, ...byLevel];
}
