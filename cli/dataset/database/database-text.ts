import type { AccessRequirement, Need, SourceFinding } from '../../../operators/sources/index.ts';
import type { MessageKey, Say } from '../../messages/say.ts';

const NEEDS = {
  role: 'needRole',
  attributes: 'needAttributes',
  membership: 'needMembership',
  parameter: 'needParameter',
  function: 'needFunction',
  schema: 'needSchema',
  heartbeat: 'needHeartbeat',
  slotFunction: 'needSlotFunction',
  readOnly: 'needReadOnly',
} as const satisfies Record<Need, MessageKey>;

const SEVERITIES = {
  error: 'severityError',
  unknown: 'severityUnknown',
  warning: 'severityWarning',
} as const satisfies Record<SourceFinding['severity'], MessageKey>;

/** Lines for `pg_hba.conf`, where that does not have them. */
export interface HbaNeed {
  readonly file: string;
  readonly block: string;
}

/** What is missing in the database, with the SQL that makes it. */
export function requirementLines({ need, subject, make }: AccessRequirement, say: Say): string[] {
  const statements = make.map((statement) => `    ${statement.replaceAll('\n', '\n    ')};`);
  return [`- ${say(NEEDS[need], { subject })}`, ...statements];
}

/** Whose password will be another, and never which. */
export function passwordLines(passwords: Readonly<Record<string, string>>, say: Say): string[] {
  return Object.keys(passwords).map((role) => `- ${say('needPassword', { role })}`);
}

/** What is missing in `pg_hba.conf`. */
export function linesOfHba({ file, block }: HbaNeed, say: Say): string[] {
  const lines = block.trimEnd().split('\n');
  return [`- ${say('needHba', { file })}`, ...lines.map((line) => `    ${line}`)];
}

/** What will be taken away of the database. @param names of roles and schema @param hba whether lines are */
export function revocationLines(names: readonly string[], hba: boolean, say: Say): string[] {
  return [
    ...(names.length === 0 ? [] : [`- ${say('revokeRoles', { names: names.join(', ') })}`]),
    ...(hba ? [`- ${say('revokeHba')}`] : []),
  ];
}

/** What there is to be said of the instance itself. */
export function findingLines(findings: readonly SourceFinding[], say: Say): string[] {
  return findings.map(({ severity, ...finding }) =>
    say('findingLine', { severity: say(SEVERITIES[severity]), ...finding }),
  );
}
