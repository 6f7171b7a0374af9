import type { Verdict } from '../../protection/index.ts';

/**
 * What is said of a source that is not read here: it is read in its home alone.
 * @param home of the dataset now; undefined while it is not placed
 * @param centre this one
 * @returns undefined where this centre is home
 */
export function judgeElsewhere(home: string | undefined, centre: string): Verdict | undefined {
  if (home === centre) return undefined;
  if (home === undefined)
    return { status: 'Unknown', reason: 'NotPlaced', message: 'Its group has no Placement yet.' };
  const message = `It is read in ${home}, its home; see its status there.`;
  return { status: 'Unknown', reason: 'NotHome', message };
}
