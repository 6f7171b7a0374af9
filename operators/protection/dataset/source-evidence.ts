import type { Dataset } from '../../api/index.ts';
import type { Live, Trigger } from '../../runtime/index.ts';
import type { Verdict } from '../facts/verdict.ts';

/** What is known of what a dataset is copied from, told by whoever reads it: the condition `SourceReady`. */
export interface SourceEvidence {
  /**
   * What can be said of the source now; undefined where nobody reads sources of that kind. Fast and without effects. `home` is
   * the centre that is home of its group, also where that was written a moment ago; undefined while there is none.
   */
  readonly judge: (dataset: Live<Dataset>, now: number, home: string | undefined) => Verdict | undefined;
  /** Changes after which it may say otherwise, with the keys of the datasets. */
  readonly triggers: readonly Trigger[];
}

/** The evidence of a program that reads no source. */
export const NO_SOURCES: SourceEvidence = { judge: () => undefined, triggers: [] };
