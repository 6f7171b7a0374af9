import type { Condition, PeerStatus } from '../../api/index.ts';
import { judgeClock } from '../peers/clock-offset.ts';

/** A condition over all peers. */
export interface PeerCondition {
  readonly type: string;
  readonly status: Condition['status'];
  readonly reason: string;
  readonly message: string;
}

/** How one peer fares in one respect; true is fine. */
type Verdict = (peer: PeerStatus) => boolean | undefined;

/** The respects in which peers are judged: type of the condition, verdict, reasons for the two ways of not being fine. */
const RESPECTS: readonly {
  readonly type: string;
  readonly verdict: Verdict;
  readonly fine: string;
  readonly wrong: string;
}[] = [
  {
    type: 'PeersReachable',
    verdict: ({ reachability: { state } }) => (state === 'Unknown' ? undefined : state === 'Reachable'),
    fine: 'AllReachable',
    wrong: 'PeerUnreachable',
  },
  {
    type: 'DesiredStateAgrees',
    verdict: ({ agreement: { state } }) => (state === 'Unknown' ? undefined : state === 'Agrees'),
    fine: 'AllAgree',
    wrong: 'PeerDiffers',
  },
  {
    type: 'ClocksAgree',
    verdict: ({ clockOffset }) => {
      const judgement = judgeClock(clockOffset);
      return judgement === 'Unknown' ? undefined : judgement === 'Agrees';
    },
    fine: 'AllAgree',
    wrong: 'ClockDiffers',
  },
];

/** The conditions over all peers: False names those that are not fine, Unknown those of which it is not known. */
export function peerConditions(peers: readonly PeerStatus[]): readonly PeerCondition[] {
  return RESPECTS.map(({ type, verdict, fine, wrong }) => {
    const named = (wanted: boolean | undefined): string[] =>
      peers.filter((peer) => verdict(peer) === wanted).map(({ name }) => name);
    const [bad, unknown] = [named(false), named(undefined)];
    if (bad.length > 0) return { type, status: 'False', reason: wrong, message: bad.join(', ') };
    if (unknown.length > 0)
      return {
        type,
        status: 'Unknown',
        reason: 'PeerUnknown',
        message: `not known of ${unknown.join(', ')}`,
      };
    return { type, status: 'True', reason: fine, message: peers.length === 0 ? 'there are no peers' : '' };
  });
}

/** The condition that tells of journals whose tail was cut. @param cut peers whose journal ends before a head that was read */
export function journalCondition(cut: readonly string[]): PeerCondition {
  const type = 'PeerJournalsIntact';
  if (cut.length === 0) return { type, status: 'True', reason: 'NoneCut', message: '' };
  const message = `${cut.join(', ')}: the journal ends before a head that was read here, or was written anew; verify it against the head in this status`;
  return { type, status: 'False', reason: 'JournalCut', message };
}
