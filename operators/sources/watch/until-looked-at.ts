import type { Dataset } from '../../api/index.ts';
import type { Verdict } from '../../protection/index.ts';
import type { Live } from '../../runtime/index.ts';

/** Reason of a source that this process has not looked at yet. */
export const NOT_LOOKED_AT = 'NotLookedAt';

/**
 * What is said of a source. A process that has just begun to lead has not looked at any: until it has, which takes seconds, what
 * stands in the status is what is known, unless the dataset was changed since. Else each change of the leader would make every
 * source unknown for a moment, and whoever waits for it would start again.
 */
export function untilLookedAt(dataset: Live<Dataset>, verdict: Verdict | undefined): Verdict | undefined {
  if (verdict?.reason !== NOT_LOOKED_AT) return verdict;
  const told = dataset.status?.conditions?.find(({ type }) => type === 'SourceReady');
  if (told === undefined || told.observedGeneration !== dataset.metadata.generation) return verdict;
  const { status, reason, message } = told;
  return { status, reason, message };
}
