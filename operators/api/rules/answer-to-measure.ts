import type { ProtectionPolicy } from '../kinds/protection-policy.ts';
import type { Measure } from '../profiles/measure.ts';

/**
 * The leg of a policy that gives a measure; undefined where none does, among them measures that are no leg at all.
 * @param localCountsAsOffsite whether the local DR centre counts as off site, by the profile
 */
export function answerToMeasure(
  { spec: { realtime, timed } }: ProtectionPolicy,
  measure: Measure,
  localCountsAsOffsite: boolean,
): 'realtime' | 'timed' | undefined {
  switch (measure) {
    case 'local-realtime':
      return realtime && 'realtime';
    case 'remote-realtime':
      return localCountsAsOffsite ? realtime && 'realtime' : undefined;
    case 'remote-timed':
      return timed && 'timed';
    case 'local-copy':
      return timed?.localCopy === true ? 'timed' : undefined;
    case 'hot-redundancy':
    case 'remote-switching':
      return undefined;
  }
}
