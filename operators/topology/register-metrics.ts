import { CLAIM_OUTCOMES, type Topology } from '../api/index.ts';
import {
  claimCount,
  desiredDocuments,
  peerAgreement,
  peerAnswered,
  peerClockOffset,
  peerCredentialsExpire,
  peerReachable,
  peerRoundTrip,
  stateSamples,
  voteCount,
  type Metrics,
  type Sample,
} from '../metrics/index.ts';
import type { Live, Reader } from '../runtime/index.ts';
import type { Ballots } from './ballots.ts';
import type { DesiredState } from './desired-state/desired-state.ts';
import type { PeerView } from './peers/peer.ts';
import type { Peers } from './peers/peers.ts';

/** What the figures are derived from. */
export interface FigureSources {
  readonly peers: Peers;
  readonly ballots: Ballots;
  readonly desiredState: DesiredState;
  readonly topologies: Reader<Live<Topology>>;
}

/** Figures about peers and agreement: live samples, and what stands in the objects of this centre, both at each scrape. */
export function registerTopologyMetrics(
  metrics: Metrics,
  { peers, ballots, desiredState, topologies }: FigureSources,
): void {
  const perPeer = (read: (view: PeerView) => number | undefined) => (): Sample<'peer'>[] =>
    peers.all.flatMap((peer) => {
      const value = read(peer.view());
      return value === undefined ? [] : [{ labels: { peer: peer.name }, value }];
    });
  metrics.derived(peerReachable, () =>
    peers.all.flatMap((peer) => [
      ...stateSamples(peerReachable, 'state', { peer: peer.name }, peer.view().reachability.state),
    ]),
  );
  metrics.derived(
    peerAnswered,
    perPeer(({ answeredAt }) => seconds(answeredAt)),
  );
  metrics.derived(
    peerRoundTrip,
    perPeer(({ roundTrip }) => seconds(roundTrip)),
  );
  metrics.derived(
    peerCredentialsExpire,
    perPeer(({ credentialsExpire }) => seconds(credentialsExpire)),
  );
  metrics.derived(peerClockOffset, () =>
    peers.all.flatMap((peer) => {
      const offset = peer.view().clockOffset;
      return (['least', 'most'] as const).flatMap((bound) =>
        offset === undefined ? [] : [{ labels: { peer: peer.name, bound }, value: offset[bound] / 1_000 }],
      );
    }),
  );
  metrics.derived(peerAgreement, () =>
    [...topologies.all()].flatMap(({ status }) =>
      (status?.peers ?? []).flatMap(({ name, agreement }) => [
        ...stateSamples(peerAgreement, 'state', { peer: name }, agreement.state),
      ]),
    ),
  );
  metrics.derived(desiredDocuments, () =>
    (desiredState.summary()?.kinds ?? []).map(({ kind, documents }) => {
      return { labels: { kind }, value: documents };
    }),
  );
  metrics.derived(claimCount, () => {
    const outcomes = [...ballots.claims.all()].map(({ status }) => status?.outcome ?? 'Gathering');
    return ['Gathering', ...CLAIM_OUTCOMES].map((outcome) => {
      return { labels: { outcome }, value: outcomes.filter((each) => each === outcome).length };
    });
  });
  metrics.derived(voteCount, () =>
    [...Map.groupBy(ballots.votes.all(), ({ spec }) => spec.claimant)].map(([claimant, votes]) => {
      return { labels: { claimant }, value: votes.length };
    }),
  );
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1_000;
}
