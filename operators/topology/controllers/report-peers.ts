import type { Topology, TopologyStatus } from '../../api/index.ts';
import type { Dependencies, Live, Step } from '../../runtime/index.ts';
import { PeerComparison } from '../desired-state/agreement.ts';
import type { DesiredState } from '../desired-state/desired-state.ts';
import type { Peer } from '../peers/peer.ts';
import type { Peers } from '../peers/peers.ts';
import { journalCondition, peerConditions } from '../status/peer-conditions.ts';
import { describePeer, isJournalIntact, type PeerFindings } from '../status/peer-status.ts';
import { Publication } from '../status/publication.ts';

/** Tells in the status what this centre says of itself, and what it knows of its peers. */
export function reportPeers(
  { clock, identity, journal, log }: Dependencies,
  { peers, desiredState }: { readonly peers: Peers; readonly desiredState: DesiredState },
): Step<Topology> {
  const publication = new Publication();
  const comparisons = new WeakMap<Peer, PeerComparison>();

  const examine = async (peer: Peer, signal: AbortSignal): Promise<PeerFindings> => {
    const view = peer.view();
    const told = view.reachability.state === 'Reachable' ? statusToldBy(peer) : undefined;
    const comparison = comparisons.get(peer) ?? new PeerComparison(desiredState, peer.client, log);
    comparisons.set(peer, comparison);
    return { view, agreement: await comparison.compare(told?.desiredState, signal), journal: told?.journal };
  };

  return async ({ object, status, now, signal }) => {
    const before = publication.last ?? object.status ?? {};
    const findings = await Promise.all(peers.all.map((peer) => examine(peer, signal)));
    const rows = findings.map((each) => {
      const last = before.peers?.find(({ name }) => name === each.view.name);
      return { peer: describePeer(each, last, now), intact: isJournalIntact(last?.journal, each.journal) };
    });
    const published = publication.choose(
      {
        centre: identity.centre,
        desiredState: desiredState.summary(),
        journal: journal.head(),
        peers: rows.map(({ peer }) => peer),
      },
      clock.elapsed(),
    );
    status.set(published);
    const cut = rows.filter(({ intact }) => !intact).map(({ peer }) => peer.name);
    for (const { type, status: holds, reason, message } of [
      ...peerConditions(published.peers ?? []),
      journalCondition(cut),
    ])
      status.condition(type, holds, reason, message);
  };
}

/** What a peer says of itself in its own Topology; what is written there in another centre's name is not its word. */
function statusToldBy({ name, topologies }: Peer): TopologyStatus | undefined {
  const own = ({ status }: Live<Topology>): boolean => status?.centre === name;
  return [...topologies.all()].find(own)?.status;
}
