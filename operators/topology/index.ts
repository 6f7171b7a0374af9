/** Peers, what they know of each other, and how they agree. */
import { topologyKind } from '../api/index.ts';
import {
  resourceTypeOf,
  type ControllerModule,
  type Dependencies,
  type WithAgreements,
} from '../runtime/index.ts';
import { ClaimedAgreements } from './agreements.ts';
import { Ballots } from './ballots.ts';
import { castVotes } from './cast-vote.ts';
import { Claims } from './claims.ts';
import { claimController } from './controllers/claim-controller.ts';
import { topologyController } from './controllers/topology-controller.ts';
import { voteController } from './controllers/vote-controller.ts';
import { DesiredState } from './desired-state/desired-state.ts';
import { peerConnections } from './peers/peer-connections.ts';
import { Peers, type ConnectPeer } from './peers/peers.ts';
import { registerTopologyMetrics } from './register-metrics.ts';
import { Site } from './site.ts';
import { BALLOT_HISTORY } from './votes/history.ts';

export { Claims, ClaimTakenError, type Proposal } from './claims.ts';
export type { ConnectPeer, PeerConnection, Peers } from './peers/peers.ts';
export type { Peer, PeerView } from './peers/peer.ts';
export { credentialsExpiry } from './peers/credentials-expiry.ts';
export { judgeClock, offsetOf } from './peers/clock-offset.ts';
export { PeerCredentials } from './peers/peer-credentials.ts';
export { ballotName, type Ballot } from './votes/ballot.ts';
export { voteType } from './votes/ballot-types.ts';
export { quorumOf, votingCentres } from './votes/electorate.ts';

/** What this folder adds to the operator, and what it has for other folders. */
export interface TopologyModule extends ControllerModule, WithAgreements {
  /** The single claims that agreements are made of. */
  readonly claims: Claims;
  /** The other voting centres, with live samples. */
  readonly peers: Peers;
}

/**
 * The controllers of Topology, Claim and Vote, and what follows the peers.
 * @param connect how peers are reached @param history how many claims, and votes, of a subject are kept
 */
export function topologyWith(
  connect?: ConnectPeer,
  history = BALLOT_HISTORY,
): (dependencies: Dependencies) => TopologyModule {
  return (dependencies) => {
    const { client, clock, identity, metrics, readers } = dependencies;
    const site = new Site(identity.centre, readers);
    const peers = new Peers(site, dependencies, connect ?? peerConnections(dependencies));
    const ballots = new Ballots(site, peers, readers);
    const castVote = castVotes(client, ballots, clock);
    const claims = new Claims(identity.centre, client, ballots);
    const desiredState = new DesiredState(readers);
    const topologies = readers.of(resourceTypeOf(topologyKind));
    registerTopologyMetrics(metrics, { peers, ballots, desiredState, topologies });
    return {
      name: 'topology',
      controllers: [
        topologyController(dependencies, { site, peers, ballots, desiredState, castVote }),
        claimController(dependencies, { ballots, peers, castVote, history }),
        voteController(dependencies, { ballots, history }),
      ],
      whileLeading: [peers],
      agreements: new ClaimedAgreements(identity.centre, claims, ballots),
      claims,
      peers,
    };
  };
}

/** The same, with peers that are reached by their kubeconfig Secrets. */
export const topology = topologyWith();
