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
