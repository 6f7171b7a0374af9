import { createHash } from 'node:crypto';
import type { Claim } from '../../api/index.ts';
import { backoffDelay } from '../../runtime/backoff.ts';
import type { Agreement } from '../../runtime/index.ts';
import type { ClaimOnBallot } from './ballot.ts';

/** A claim of this centre with what became of it. */
export type Try = ClaimOnBallot & {
  readonly status?: Pick<NonNullable<Claim['status']>, 'outcome' | 'decidedAt'> | undefined;
};

/**
 * How long after a try that failed the next one waits, in milliseconds. Of centres that claim one against the other, the first
 * wait is longer than an agreement takes, and differs by more than that.
 */
const BACKOFF = { first: 5_000, most: 300_000 };

/**
 * How it stands with something that a centre has claimed so far.
 * @param tries its claims of exactly that, in any order
 * @param reached highest epoch of the subject that is known
 * @returns undefined: it was never claimed
 */
export function judgeTries(tries: readonly Try[], reached: number): Agreement | undefined {
  const [latest, ...before] = tries.toSorted((one, other) => other.spec.epoch - one.spec.epoch);
  if (latest === undefined) return undefined;
  const agreed = [latest, ...before].find(({ status }) => status?.outcome === 'Agreed');
  if (agreed !== undefined) {
    const { epoch } = agreed.spec;
    return { state: 'agreed', epoch, overtaken: reached > epoch };
  }
  const { epoch, deadline } = latest.spec;
  const outcome = latest.status?.outcome;
  if (outcome === undefined || outcome === 'Agreed')
    return { state: 'gathering', epoch, until: Date.parse(deadline) };
  const decidedAt = Date.parse(latest.status?.decidedAt ?? deadline);
  const wait = backoffDelay(BACKOFF, tries.length, () => chanceOf(latest.spec));
  return { state: 'failed', epoch, outcome, again: decidedAt + wait };
}

/** From 0 up to 1: differs from centre to centre and from try to try, and is the same however often it is asked for. */
function chanceOf({ claimant, subject, epoch }: Claim['spec']): number {
  const hash = createHash('sha256').update(`${claimant} ${subject} ${epoch}`).digest();
  return hash.readUInt32BE() / 2 ** 32;
}
