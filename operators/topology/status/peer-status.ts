import { Duration, type JournalPosition, type PeerStatus } from '../../api/index.ts';
import type { PeerView } from '../peers/peer.ts';
import { NOT_PROBED_YET } from '../peers/reachability.ts';
import { formatInstant } from '../../runtime/instant.ts';

/** Whether a peer wants what this centre wants, as it was found now. */
export type Agreement = Omit<PeerStatus['agreement'], 'since'>;

/** What was found out about a peer. */
export interface PeerFindings {
  readonly view: PeerView;
  readonly agreement: Agreement;
  /** Head of its journal as it tells it; undefined: it tells none, or could not be read. */
  readonly journal: JournalPosition | undefined;
}

/**
 * What the status says of a peer.
 * @param before what it said last; of a process that has just started, what its predecessor said
 * @param now wall-clock time, in milliseconds
 */
export function describePeer(
  { view, agreement, journal }: PeerFindings,
  before: PeerStatus | undefined,
  now: number,
): PeerStatus {
  // Before the first probe nothing new is known: what was said stands, so that a restart is no event.
  if (view.reachability.reason === NOT_PROBED_YET && before !== undefined) return before;
  const { roundTrip, clockOffset, credentialsExpire } = view;
  return {
    name: view.name,
    reachability: reachabilityOf(view, before),
    ...(roundTrip !== undefined && { roundTrip: Duration.milliseconds(Math.ceil(roundTrip)).toString() }),
    ...(clockOffset && {
      clockOffset: { least: Math.floor(clockOffset.least), most: Math.ceil(clockOffset.most) },
    }),
    agreement: {
      ...agreement,
      since: before?.agreement.state === agreement.state ? before.agreement.since : formatInstant(now),
    },
    ...headToKeep(before?.journal, journal),
    ...(credentialsExpire !== undefined && { credentialsExpire: formatInstant(credentialsExpire) }),
  };
}

function reachabilityOf(
  { reachability }: PeerView,
  before: PeerStatus | undefined,
): PeerStatus['reachability'] {
  const { state, reason, since } = reachability;
  const message = oneLine(reachability.message);
  return {
    state,
    since: before?.reachability.state === state ? before.reachability.since : formatInstant(since),
    reason,
    ...(message !== '' && { message }),
  };
}

/** The further of two heads of one journal: what was read once is not forgotten, else a cut tail would go unseen. */
function headToKeep(
  kept: JournalPosition | undefined,
  read: JournalPosition | undefined,
): { journal?: JournalPosition } {
  const journal = kept !== undefined && kept.sequence >= (read?.sequence ?? 0) ? kept : read;
  return journal === undefined ? {} : { journal };
}

/** Whether a journal can be the one that a kept head is from; false: its tail was cut, or it was written anew. */
export function isJournalIntact(
  kept: JournalPosition | undefined,
  read: JournalPosition | undefined,
): boolean {
  if (kept === undefined || read === undefined) return true;
  return read.sequence > kept.sequence || (read.sequence === kept.sequence && read.digest === kept.digest);
}

/** A text as one line of at most 500 characters. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, 500).trim();
}
