import { topologyKind, type Topology, type TopologyStatus } from '../../api/index.ts';
import { topologyStatusSchema } from '../../api/kinds/topology-status.ts';
import {
  resourceTypeOf,
  type Dependencies,
  type Live,
  type Reconciliation,
  type Step,
} from '../../runtime/index.ts';
import { PeerComparison } from '../desired-state/agreement.ts';
import type { DesiredState } from '../desired-state/desired-state.ts';
import type { Peer } from '../peers/peer.ts';
import type { Peers } from '../peers/peers.ts';
import type { Site } from '../site.ts';
import { journalCondition, peerConditions } from '../status/peer-conditions.ts';
import { describePeer, isJournalIntact, type PeerFindings } from '../status/peer-status.ts';
import { Publication } from '../status/publication.ts';

/** What is reported about. */
export interface ReportParts {
  readonly site: Site;
  readonly peers: Peers;
  readonly desiredState: DesiredState;
}

/** Tells in the status what this centre says of itself, and what it knows of its peers. */
export function reportPeers(
  { client, clock, identity, journal, log }: Dependencies,
  { site, peers, desiredState }: ReportParts,
): Step<Topology> {
  const publication = new Publication();
  const comparisons = new WeakMap<Peer, PeerComparison>();

  const examine = async (peer: Peer, signal: AbortSignal): Promise<PeerFindings> => {
    const view = peer.view();
    const told = view.reachability.state === 'Reachable' ? wordOf(peer) : undefined;
    const comparison = comparisons.get(peer) ?? new PeerComparison(desiredState, peer.client, log);
    comparisons.set(peer, comparison);
    return { view, agreement: await comparison.compare(told?.desiredState, signal), journal: told?.journal };
  };

  /** The status as it stands: the store may not have heard of our own yet. */
  const standing = async ({ key, object, signal }: Reconciliation<Topology>): Promise<Topology['status']> =>
    publication.isKnown(object.status)
      ? object.status
      : (await client.find(resourceTypeOf(topologyKind), key, { signal }))?.status;

  return async (run) => {
    const { status, now, signal } = run;
    const before = await standing(run);
    const cut: string[] = [];
    const rows = site.peers.map(async (name) => {
      const last = before?.peers?.find((each) => each.name === name);
      const peer = peers.find(name);
      // Just after a start nobody follows it yet.
      if (peer === undefined) return last ?? [];
      const findings = await examine(peer, signal);
      if (!isJournalIntact(last?.journal, findings.journal)) cut.push(name);
      return describePeer(findings, last, now);
    });
    const published = publication.choose(
      {
        centre: identity.centre,
        desiredState: desiredState.summary(),
        journal: journal.head(),
        peers: (await Promise.all(rows)).flat(),
      },
      before,
      clock.elapsed(),
    );
    status.set(published);
    for (const { type, status: holds, reason, message } of [
      ...peerConditions(published.peers ?? []),
      journalCondition(cut),
    ])
      status.condition(type, holds, reason, message);
  };
}

/**
 * What a peer says of itself in its own Topology, as far as this program can read it: the peer may be of another version. What
 * is written there in another centre's name is not its word.
 */
function wordOf({ name, topologies }: Peer): Pick<TopologyStatus, 'desiredState' | 'journal'> {
  const own = ({ status }: Live<Topology>): boolean => status?.centre === name;
  const { desiredState, journal } = topologyStatusSchema.shape;
  const status = [...topologies.all()].find(own)?.status;
  return {
    desiredState: desiredState.safeParse(status?.desiredState).data,
    journal: journal.safeParse(status?.journal).data,
  };
}
