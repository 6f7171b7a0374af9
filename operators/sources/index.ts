/** How what departments run is reached: PostgreSQL instances and files, with the least rights that do. */
export { SourceError, SOURCE_TROUBLES, type SourceErrorCode, type SourceTrouble } from './source-error.ts';
export {
  SourceConnection,
  type CallLimits,
  type SourceTarget,
} from './postgres/connection/source-connection.ts';
export { valueOf, type Fact } from './postgres/facts/fact.ts';
export type * from './postgres/facts/postgres-facts.ts';
export { readFacts } from './postgres/facts/read-facts.ts';
export { judgeSource, readiness, type SourceJudgement } from './postgres/judgement/judge-source.ts';
export type { SourceFinding, SourceSeverity } from './postgres/judgement/source-finding.ts';
export { isSlotOfOurs, SLOT_PREFIX } from './postgres/slot-name.ts';
export type { AccessRequirement, Need } from './postgres/access/access-requirement.ts';
export { databaseRoles, type DatabaseRoles } from './postgres/access/database-roles.ts';
export { HbaFile } from './postgres/access/hba-file.ts';
export {
  hbaBlock,
  hbaHolds,
  hbaRules,
  withHbaBlock,
  withoutHbaBlock,
  type HbaRule,
} from './postgres/access/hba-rules.ts';
export { PreparedAccess } from './postgres/access/prepared-access.ts';
export { HEARTBEAT, SLOT_FUNCTIONS } from './postgres/access/schema-requirements.ts';
export { newPassword } from './postgres/access/scram-verifier.ts';
export { sourcesOf, type SourcesModule } from './sources-module.ts';
export type { SourceSample } from './watch/source-sample.ts';
