import { RULE_GROUPS, type RuleGroup } from '../operators/api/rules/rule-table.ts';
import type { Severity } from '../operators/api/rules/rule.ts';
import { DOCUMENT_RULES } from '../operators/api/site/document-rules.ts';
import { generatedFrom, table } from './markdown.ts';
import type { Page } from './page.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  strict: 'warning; error if `strict`',
  profile: 'warning or error, by the profile',
};

/** The page that explains every code that `zaibei validate` and synth can print. */
export function rulePages(): Page[] {
  const text = [
    '# Rules',
    generatedFrom('operators/api/rules and operators/api/site'),
    '',
    'Every mistake in a site is reported with one of these codes, by `npx zaibei validate <folder>` and by synth. An **error** refuses the site, a **warning** does not. Some rules warn, and refuse where the Site says `strict: true`.',
    '',
    'What a rule compares with (counts, distances, thresholds) stands in a profile of `config/profiles`, each value with its source. A rule is passed over while documents that it needs cannot be understood, so that one mistake is not reported as several.',
    '',
    '## Files and documents',
    '',
    'Judged first, each document by itself. All are errors.',
    '',
    ...table(
      ['Code', 'What must hold'],
      Object.values(DOCUMENT_RULES).map(({ code, title }) => [code, title]),
    ),
    ...RULE_GROUPS.flatMap(section),
    '',
  ].join('\n');
  return [{ path: 'docs/reference/rules.md', text }];
}

function section({ title, rules }: RuleGroup): string[] {
  const head = ['Code', 'What must hold', 'Why', 'Severity', 'Policy lines'];
  const rows = rules.map((rule) => [
    rule.code,
    rule.title,
    rule.why,
    SEVERITIES[rule.severity],
    rule.policyLines.join(', '),
  ]);
  return ['', `## ${title}`, '', ...table(head, rows)];
}
