import type { Resource } from '../../api/index.ts';
import {
  LONGEST_FINDING,
  REPORTED_FINDINGS,
  type ReportedFinding,
} from '../../api/kinds/reported-finding.ts';
import { applyRules } from '../../api/rules/apply-rules.ts';
import { RULES } from '../../api/rules/rule-table.ts';
import type { FactName, SiteFacts } from '../../api/rules/rule.ts';
import { SITE_FOLDER } from '../../api/site/finding.ts';

/** Facts of which there are many documents, each judged by itself. */
export type JudgedFact = 'zones' | 'policies' | 'datasets';

/**
 * What the coded rules of the API find wrong with one document, errors first: the same rules, with the same words, by which
 * `zaibei validate` and synth judge a site's folder. Rules whose facts are not given say nothing.
 * @param fact the fact that the document is one of
 * @param facts what the rules look things up in; under `fact` those that the document is compared with, itself among them
 */
export function findingsAbout(
  document: Resource,
  fact: JudgedFact,
  facts: Partial<SiteFacts>,
  incomplete: ReadonlySet<FactName>,
): ReportedFinding[] {
  const judging = RULES_ABOUT[fact];
  const ABOUT_IT = 'this';
  const findings = applyRules(judging, facts, incomplete, {
    subjectOf: (found) => (found === document ? ABOUT_IT : 'another'),
    placeOf: () => SITE_FOLDER,
  });
  return findings
    .filter(({ subject }) => subject === ABOUT_IT)
    .map(({ code, severity, field, message, remedy }) => ({
      code,
      severity,
      field: field.slice(0, LONGEST_FINDING.field),
      message: (remedy === undefined ? message : `${message}; ${remedy}`).slice(0, LONGEST_FINDING.message),
    }))
    .sort((one, other) => rank(one) - rank(other));
}

/** Rules that judge documents of a fact one by one. Those that only look them up judge others, or all of them together. */
const RULES_ABOUT = {
  zones: rulesAbout('zones'),
  policies: rulesAbout('policies'),
  datasets: rulesAbout('datasets'),
} as const;

function rulesAbout(fact: JudgedFact): typeof RULES {
  return RULES.filter(({ reads, consults }) => reads.includes(fact) && !consults.includes(fact));
}

function rank({ severity }: ReportedFinding): number {
  return severity === 'error' ? 0 : 1;
}

/** As many findings as a status lists; undefined for none, so that the field goes. */
export function listFindings(findings: readonly ReportedFinding[]): ReportedFinding[] | undefined {
  return findings.length === 0 ? undefined : findings.slice(0, REPORTED_FINDINGS);
}

/** The errors in one sentence, for a condition: `ZB-POL-003 spec.class: …`, and how many more there are. */
export function tellErrors(findings: readonly ReportedFinding[]): string | undefined {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  if (first === undefined) return undefined;
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see status.findings)`;
  return `${first.code} ${first.field}: ${first.message}${more}`;
}
