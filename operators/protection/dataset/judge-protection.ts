import type { DatasetPhase } from '../../api/kinds/dataset-status.ts';
import { MEASURE_NAMES } from '../../api/profiles/measure.ts';
import type { Verdict } from '../facts/verdict.ts';
import type { Requirement } from './requirements.ts';
import type { Resolution } from './resolve-dataset.ts';

/** What those who run the legs of a dataset say of them, asked for or not. */
export interface Evidence {
  readonly realtime: Verdict;
  readonly timed: Verdict;
}

/** How a dataset stands: its conditions, and one word for people. */
export interface Protection extends Evidence {
  readonly protected: Verdict;
  readonly phase: DatasetPhase;
}

const LEG_NAMES = { realtime: 'real-time leg', timed: 'timed leg' } as const;

/**
 * What the evidence of the legs comes to. A dataset is protected only when every leg of its policy is shown to run and
 * nothing that is asked for is left without an answer; one leg of which nothing is known makes the whole unknown, and
 * unknown is not protected.
 */
export function judgeProtection(
  { verdict, policy, requirements }: Resolution,
  suspended: boolean,
  evidence: Evidence,
): Protection {
  if (suspended) {
    const message = 'It is suspended: nothing is copied, and nothing is removed.';
    const off: Verdict = { status: 'False', reason: 'Suspended', message };
    return { realtime: off, timed: off, protected: off, phase: 'Suspended' };
  }
  if (policy === undefined || verdict.status !== 'True') {
    const message = 'Which legs it needs is not resolved.';
    const open: Verdict = { status: 'Unknown', reason: 'NotResolved', message };
    return { realtime: open, timed: open, protected: { ...verdict, status: 'False' }, phase: 'Unresolved' };
  }
  const { realtime, timed } = policy.spec;
  const legs = {
    realtime: realtime === undefined ? notInPolicy('realtime') : evidence.realtime,
    timed: timed === undefined ? notInPolicy('timed') : evidence.timed,
  };
  const planned = (['realtime', 'timed'] as const)
    .filter((leg) => policy.spec[leg] !== undefined)
    .map((leg) => ({ ...legs[leg], leg }));
  const whole = judgeWhole(planned, requirements);
  return { ...legs, protected: whole, phase: phaseOf(whole, planned) };
}

/** A leg of the policy with what is known of it. */
type PlannedLeg = Verdict & { readonly leg: keyof typeof LEG_NAMES };

function notInPolicy(leg: PlannedLeg['leg']): Verdict {
  return { status: 'False', reason: 'NotInPolicy', message: `Its policy has no ${LEG_NAMES[leg]}.` };
}

function judgeWhole(planned: readonly PlannedLeg[], requirements: readonly Requirement[]): Verdict {
  if (planned.length === 0) {
    return { status: 'False', reason: 'NotInPolicy', message: 'Its policy has neither of the two legs.' };
  }
  const [missing, ...others] = planned.filter(({ status }) => status === 'False');
  if (missing !== undefined) {
    return { status: 'False', reason: missing.reason, message: tell([missing, ...others]) };
  }
  const unanswered = requirements.filter(({ answeredBy }) => answeredBy === 'nothing');
  if (unanswered.length > 0) {
    const told = unanswered.map(
      ({ measure, askedBy }) => `${askedBy.join(' and ')}: ${MEASURE_NAMES[measure]}`,
    );
    const message = `Its legs run, and do not give all that is asked for: ${told.join('; ')}.`;
    return { status: 'False', reason: 'WeakerThanRequired', message };
  }
  const unknown = planned.filter(({ status }) => status === 'Unknown');
  if (unknown.length > 0) return { status: 'Unknown', reason: 'LegUnknown', message: tell(unknown) };
  return { status: 'True', reason: 'LegsRun', message: tell(planned) };
}

function tell(legs: readonly PlannedLeg[]): string {
  return legs.map(({ leg, message }) => `${LEG_NAMES[leg]}: ${message}`).join(' ');
}

function phaseOf({ status }: Verdict, planned: readonly PlannedLeg[]): DatasetPhase {
  if (status === 'True') return 'Protected';
  if (status === 'Unknown') return 'Unknown';
  return planned.some((leg) => leg.status === 'True') ? 'Partial' : 'Unprotected';
}
