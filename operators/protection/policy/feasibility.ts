import { Duration, type Dataset, type ProtectionPolicy } from '../../api/index.ts';
import { LISTED_MISFITS, type ProtectionPolicyStatus } from '../../api/kinds/protection-policy-status.ts';
import { effectiveClass, policyOf } from '../../api/rules/protection-plan.ts';
import type { SiteFacts } from '../../api/rules/rule.ts';
import { loadOf, transfersOf, type Transfer } from '../../api/rules/transfers.ts';
import { compareKeys, keyOf } from '../../runtime/index.ts';
import type { Verdict } from '../facts/verdict.ts';

/** What the way from home to the store is known by. */
export type TransferFacts = Pick<
  SiteFacts,
  'datasets' | 'policies' | 'stores' | 'topology' | 'zones' | 'profile'
>;

/** Whether the changes of a policy's datasets reach the store in time; part of its status. */
export type Feasibility = NonNullable<ProtectionPolicyStatus['feasibility']>;

/** The datasets that a policy protects: those of its class, treated as important where they have none. */
export function datasetsOf(
  policy: ProtectionPolicy,
  { policies, datasets }: Pick<SiteFacts, 'policies' | 'datasets'>,
): readonly Dataset[] {
  if (policyOf(policies, policy.spec.class)?.metadata.name !== policy.metadata.name) return [];
  return datasets.filter((dataset) => effectiveClass(dataset) === policy.spec.class);
}

/**
 * Holds the changed bytes of each dataset of a policy against the line to its store and the interval of the schedule, alone
 * and together with all others on the line, whatever policy they are of.
 * @param own the datasets that the policy protects
 */
export function judgeFeasibility(own: readonly Dataset[], facts: TransferFacts): Feasibility {
  const transfers = transfersOf(facts);
  const mine = transfers.filter(({ dataset }) => own.includes(dataset));
  const exceeding = mine.filter(exceeds).sort(worstFirst);
  const used = new Set(mine.map(({ link }) => link));
  const overloaded = [...used].filter((link) => loadOf(transfers.filter((other) => other.link === link)) > 1);
  return {
    judged: mine.length,
    unjudged: own.length - mine.length,
    exceeding: exceeding.length,
    ...(exceeding.length > 0 && { exceedingDatasets: exceeding.slice(0, LISTED_MISFITS).map(describe) }),
    ...(overloaded.length > 0 && { overloadedLinks: overloaded.map(({ name }) => name).sort() }),
  };
}

/** What feasibility comes to, as a condition. A line that is not known cannot be too narrow: that is unknown, not fine. */
export function tellFeasibility({ judged, unjudged, exceeding, overloadedLinks = [] }: Feasibility): Verdict {
  const all = judged + unjudged;
  if (exceeding > 0) {
    const message = `The changes of ${exceeding} of ${all} datasets take longer than the interval; see status.feasibility.`;
    return { status: 'False', reason: 'ChangesExceedLink', message };
  }
  if (overloadedLinks.length > 0) {
    const message = `Each dataset fits alone, all together do not fit ${overloadedLinks.join(', ')}.`;
    return { status: 'False', reason: 'LinkOverloaded', message };
  }
  if (unjudged > 0) {
    const message = `Of ${unjudged} of ${all} datasets no line leads from home to the store.`;
    return { status: 'Unknown', reason: 'NoLink', message };
  }
  return { status: 'True', reason: 'ChangesFit', message: `The changes of ${all} datasets fit the line.` };
}

function exceeds({ duration, interval }: Transfer): boolean {
  return duration > interval;
}

/** Equal ones by name, so that a status is the same for the same facts. */
function worstFirst(one: Transfer, other: Transfer): number {
  const [a, b] = [one, other].map(({ duration, interval }) => duration / interval);
  return (b ?? 0) - (a ?? 0) || compareKeys(one.dataset, other.dataset);
}

function describe({
  dataset,
  link,
  duration,
  interval,
}: Transfer): NonNullable<Feasibility['exceedingDatasets']>[number] {
  const wholeSeconds = (seconds: number): string => Duration.seconds(Math.ceil(seconds)).toString();
  return {
    dataset: keyOf(dataset),
    link: link.name,
    needs: wholeSeconds(duration),
    interval: wholeSeconds(interval),
  };
}
