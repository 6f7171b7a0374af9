import type { Resource } from '../kinds/kind.ts';
import type { FieldPath } from '../site/field-path.ts';
import { formatPath } from '../site/field-path.ts';
import type { Finding, Place } from '../site/finding.ts';
import type { FactName, Rule, Severity, SiteFacts } from './rule.ts';

/** Where documents were written, for the findings about them. */
export interface PlaceFinder {
  subjectOf(document: Resource): string;
  placeOf(document: Resource, field: FieldPath): Place;
}

/**
 * Holds the facts against the rules. A rule is passed over when a fact that it consults is incomplete, so that one
 * mistake is not reported as several.
 */
export function applyRules(
  rules: readonly Rule[],
  facts: Partial<SiteFacts>,
  incomplete: ReadonlySet<FactName>,
  places: PlaceFinder,
): Finding[] {
  const strict = facts.site?.spec.strict ?? false;
  return rules
    .filter((rule) => !rule.consults.some((fact) => incomplete.has(fact)))
    .flatMap((rule) =>
      rule.check(facts).map((breach): Finding => ({
        code: rule.code,
        severity: breach.severity ?? effectiveSeverity(rule.severity, strict),
        subject: places.subjectOf(breach.document),
        field: formatPath(breach.field),
        message: breach.message,
        ...(breach.remedy === undefined ? {} : { remedy: breach.remedy }),
        place: places.placeOf(breach.document, breach.field),
      })),
    );
}

function effectiveSeverity(severity: Severity, strict: boolean): 'error' | 'warning' {
  if (severity === 'strict') return strict ? 'error' : 'warning';
  return severity === 'warning' ? 'warning' : 'error';
}
