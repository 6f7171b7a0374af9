import type { Finding } from './finding.ts';

/**
 * Findings for a terminal, one line each as compilers write them, so that editors can jump to the place:
 *
 *     topology.yaml:14:13: error ZB-DOC-010: Topology fujian, spec.centres[0].role: found "prodction"; use …
 *         did you mean "production"?
 *     2 errors, 1 warning
 */
export function formatFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap((finding) => {
    const { file, line, column } = finding.place;
    const about = [finding.subject, finding.field].filter((part) => part !== '').join(', ');
    const first = `${file}:${line}:${column}: ${finding.severity} ${finding.code}: ${about}: ${finding.message}`;
    return finding.remedy === undefined ? [first] : [first, `    ${finding.remedy}`];
  });
  return [...lines, summarise(findings)].join('\n');
}

/** `2 errors, 1 warning`; `no errors` when there is nothing. */
export function summarise(findings: readonly Finding[]): string {
  const errors = findings.filter((finding) => finding.severity === 'error').length;
  const warnings = findings.length - errors;
  const parts = [errors === 0 ? 'no errors' : plural(errors, 'error')];
  if (warnings > 0) parts.push(plural(warnings, 'warning'));
  return parts.join(', ');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
