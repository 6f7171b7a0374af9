import type { Condition, DataClass, Dataset } from '../../../api/index.ts';
import type { PostgresFacts } from '../facts/postgres-facts.ts';
import { CATALOGUE_CHECKS, instanceClass, unnamedDatabases } from './catalogue-checks.ts';
import { judgedFacts } from './judged-facts.ts';
import { SERVER_CHECKS } from './server-checks.ts';
import { findingsOf, SOURCE_SEVERITIES, type SourceFinding } from './source-finding.ts';
import { STREAMING_CHECKS } from './streaming-checks.ts';

/** What is to be said about an instance. */
export interface SourceJudgement {
  /** The highest class of its databases. */
  readonly class: DataClass;
  /** Databases that no record of the catalogue names. */
  readonly unnamed: readonly string[];
  /** Errors first, then what is not known, then warnings. */
  readonly findings: readonly SourceFinding[];
}

/** Judges what was read of an instance. A fact that is not known is a finding by itself: nothing is taken for granted. */
export function judgeSource(facts: PostgresFacts, dataset: Pick<Dataset, 'spec'>): SourceJudgement {
  const findings = [
    ...SERVER_CHECKS.flatMap((check) => check(facts)),
    ...STREAMING_CHECKS.flatMap((check) => check(facts)),
    ...CATALOGUE_CHECKS.flatMap((check) => check(facts, dataset)),
    ...unknownFacts(facts),
  ];
  return {
    class: instanceClass(dataset),
    unnamed: unnamedDatabases(facts, dataset),
    findings: SOURCE_SEVERITIES.flatMap((severity) =>
      findings.filter((finding) => finding.severity === severity),
    ),
  };
}

/** What a judgement comes to as a condition: whether the source is fit to be protected. */
export function readiness({ findings }: SourceJudgement): Pick<Condition, 'status' | 'reason' | 'message'> {
  const [worst] = findings;
  const message = findings.map((finding) => `${finding.message} ${finding.remedy}`).join(' ');
  if (worst === undefined) return { status: 'True', reason: 'Fit', message: 'It is fit to be protected.' };
  if (worst.severity === 'warning') return { status: 'True', reason: worst.reason, message };
  return { status: worst.severity === 'error' ? 'False' : 'Unknown', reason: worst.reason, message };
}

function unknownFacts(facts: PostgresFacts): SourceFinding[] {
  const unknown = judgedFacts(facts).flatMap(([name, fact]) => (fact.known ? [] : { name, why: fact.why }));
  const [first] = unknown;
  if (first === undefined) return [];
  const names = unknown.map(({ name }) => name).join(', ');
  const finding = findingsOf('unknown');
  return [
    finding(
      'FactsUnknown',
      `Not known of the instance: ${names}. ${first.why}`,
      'If a right is missing, run "npx zaibei dataset prepare" again.',
    ),
  ];
}
