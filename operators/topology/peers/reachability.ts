import type { REACHABILITIES } from '../../api/index.ts';
import { PROBE_INTERVAL, type Probe } from './probe.ts';

/** So many probes in a row without an answer make a peer unreachable: one lost packet does not, half a minute does. */
export const UNREACHABLE_AFTER = 3;

/** Without a probe for so long nothing is known any more, in milliseconds: three were due, and nobody has looked. */
export const SILENT_AFTER = 3.5 * PROBE_INTERVAL;

/**
 * So many probes in a row that are answered while objects cannot be listed are no accident: a minute, in which each list was tried
 * again.
 */
export const UNREAD_AFTER = 7;

/** What can be said of a peer, and since when. */
export interface Reachability {
  readonly state: (typeof REACHABILITIES)[number];
  /** Since when the state is so, in wall-clock milliseconds. */
  readonly since: number;
  /** One word for machines. */
  readonly reason: string;
  /** What a person should know; empty where there is nothing to add. */
  readonly message: string;
}

/** The moment of a judgement. */
export interface Moment {
  /** By `Clock.elapsed`. */
  readonly elapsed: number;
  /** Wall-clock time, in milliseconds. */
  readonly now: number;
}

/** Reason while the first probes have not told anything: it says nothing about the peer. */
export const NOT_PROBED_YET = 'NotProbedYet';

/**
 * Whether a peer can be read. An answer makes it reachable at once; a single probe without one changes nothing yet. A peer that
 * answers and refuses us, or whose objects cannot be listed, is neither: it lives, and we know nothing of it.
 * @param before what was said last
 * @param recent its last probes, the oldest first
 * @param unread kinds of which the last list failed
 */
export function judgeReachability(
  before: Reachability | undefined,
  recent: readonly Probe[],
  { elapsed, now }: Moment,
  unread: readonly string[] = [],
): Reachability {
  const say = (state: Reachability['state'], reason: string, message: string): Reachability => {
    return { state, reason, message, since: before?.state === state ? before.since : now };
  };
  const last = recent.at(-1);
  if (last === undefined) return say('Unknown', NOT_PROBED_YET, '');
  if (elapsed - last.at > SILENT_AFTER) return say('Unknown', 'NotProbed', 'no probe has ended lately');
  if (last.answered) {
    const steady =
      recent.length >= UNREAD_AFTER && recent.slice(-UNREAD_AFTER).every(({ answered }) => answered);
    if (unread.length === 0 || !steady) return say('Reachable', 'Answers', '');
    return say('Unknown', 'ObjectsUnread', `it answers, and these cannot be listed: ${unread.join(', ')}`);
  }
  const { failure, message } = last;
  if (failure === 'CredentialsMissing' || failure === 'CredentialsRefused')
    return say('Unknown', failure, message);
  if (recent.length - recent.findLastIndex(({ answered }) => answered) > UNREACHABLE_AFTER)
    return say('Unreachable', failure, message);
  return before ?? say('Unknown', NOT_PROBED_YET, '');
}
