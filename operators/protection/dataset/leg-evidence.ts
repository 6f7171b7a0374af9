import type { Dataset } from '../../api/index.ts';
import type { Live, Trigger } from '../../runtime/index.ts';
import type { Verdict } from '../facts/verdict.ts';

/**
 * What is known of one leg of the datasets, told by whoever runs it. A leg is True only on evidence that it keeps what the
 * policy asks for at this moment; what cannot be told is Unknown.
 */
export interface LegEvidence {
  /** What can be said of the leg of a dataset now. Fast and without effects: it is asked in every run. */
  readonly judge: (dataset: Live<Dataset>, now: number) => Verdict;
  /** Changes after which it may say otherwise, with the keys of the datasets. */
  readonly triggers: readonly Trigger[];
}

/** Who tells of which leg. */
export interface Legs {
  readonly realtime: LegEvidence;
  readonly timed: LegEvidence;
}

/** The evidence of a program that has no engine yet: nothing runs, and that is told, each time, as what it is. */
export const NO_LEGS: Legs = {
  realtime: nothingRuns('NotRunning', 'No real-time copy of it is running.'),
  timed: nothingRuns('NoRecoveryPoint', 'There is no recovery point of it.'),
};

function nothingRuns(reason: string, message: string): LegEvidence {
  return {
    judge: ({ spec }) =>
      spec.objects === undefined
        ? { status: 'False', reason, message }
        : { status: 'False', reason: 'EngineMissing', message: 'There is no engine for objects in buckets.' },
    triggers: [],
  };
}
