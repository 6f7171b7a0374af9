/** What keeps a description or a message from being read at a glance: emptiness, several lines, length. */
export function findTextProblems(what: string, text: string, maxLength: number): string[] {
  const problems: string[] = [];
  if (text.trim() === '') problems.push(`has an empty ${what}`);
  if (/[\n\r\t]/.test(text)) problems.push(`has a ${what} of several lines`);
  if (text.length > maxLength)
    problems.push(`has a ${what} of ${text.length} characters; use at most ${maxLength}`);
  return problems;
}

/** Constructs that JavaScript reads and RE2, the API server's engine, does not, or reads otherwise. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, 'looks around'],
  [/\\[1-9]|\\k</, 'refers back to a group'],
  [/\\[sS]/, 'uses \\s, which is more in JavaScript than in RE2'],
  [/\\u/, 'uses \\u'],
];

/** What keeps a regular expression from meaning the same to zod and to the API server. */
export function findPatternProblems(pattern: string): string[] {
  try {
    new RegExp(pattern);
  } catch {
    return [`has the pattern ${pattern}, which is no regular expression`];
  }
  const outsideClasses = pattern.replaceAll(/\\.|\[(?:\\.|[^\]])*\]/g, '');
  const problems = FOREIGN.filter(([construct]) => construct.test(pattern)).map(([, what]) => what);
  if (outsideClasses.includes('.')) problems.push('uses a bare ".", which is another set in RE2');
  if (!pattern.startsWith('^') || !pattern.endsWith('$'))
    problems.push('does not bind both ends; use ^ and $');
  return problems.map((what) => `has the pattern ${pattern}, which ${what}`);
}
