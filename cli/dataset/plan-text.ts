import type { AccessRequirement, Need, SourceFinding } from '../../operators/sources/index.ts';
import type { MessageKey, Say } from '../messages/say.ts';
import type { PreparationPlan, RevocationPlan } from './preparation.ts';

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

/** What a plan says, line by line: everything that is missing, with the SQL, and without any secret. */
export function planLines({ requirements, secrets, hba }: PreparationPlan, say: Say): string[] {
  return [
    ...requirements.flatMap((requirement) => requirementLines(requirement, say)),
    ...Object.keys(secrets.passwords).map((role) => `- ${say('needPassword', { role })}`),
    ...secrets.writes.map(({ centre, secret: { namespace, name } }) => {
      return `- ${say('needSecret', { centre, secret: `${namespace}/${name}` })}`;
    }),
    ...secrets.unsigned.map(({ centre, name, commonName }) => {
      return `- ${say('needCertificate', { centre, secret: name, commonName })}`;
    }),
    ...secrets.unreadable.map(({ centre, name }) => `- ${say('unreadableSecret', { centre, secret: name })}`),
    ...(hba === undefined
      ? []
      : [
          `- ${say('needHba', { file: hba.file })}`,
          ...hba.block
            .trimEnd()
            .split('\n')
            .map((line) => `    ${line}`),
        ]),
  ];
}

/** What will be taken away, line by line. */
export function revocationLines({ names, hba, secrets }: RevocationPlan, say: Say): string[] {
  return [
    ...(names.length === 0 ? [] : [`- ${say('revokeRoles', { names: names.join(', ') })}`]),
    ...(hba ? [`- ${say('revokeHba')}`] : []),
    ...secrets.map(({ centre, namespace, name }) => {
      return `- ${say('revokeSecret', { centre, secret: `${namespace}/${name}` })}`;
    }),
  ];
}

/** What there is to be said of the instance itself. */
export function findingLines(findings: readonly SourceFinding[], say: Say): string[] {
  return findings.map(({ severity, ...finding }) =>
    say('findingLine', { severity: say(SEVERITIES[severity]), ...finding }),
  );
}

function requirementLines({ need, subject, make }: AccessRequirement, say: Say): string[] {
  const statements = make.map((statement) => `    ${statement.replaceAll('\n', '\n    ')};`);
  return [`- ${say(NEEDS[need], { subject })}`, ...statements];
}
