import { topologyKind, type Topology } from '../../api/index.ts';
import {
  StalledError,
  trigger,
  WaitingError,
  type ControllerDefinition,
  type Dependencies,
  type Step,
} from '../../runtime/index.ts';
import type { Ballots } from '../ballots.ts';
import type { CastVote } from '../cast-vote.ts';
import type { PeerChange } from '../peers/change-feed.ts';
import { PROBE_INTERVAL } from '../peers/probe.ts';
import type { Site } from '../site.ts';
import { answerClaims } from './answer-claims.ts';
import { reportPeers, type ReportParts } from './report-peers.ts';

/** What the topology controller works with besides what every controller has. */
export interface TopologyParts extends ReportParts {
  readonly ballots: Ballots;
  readonly castVote: CastVote;
}

const NOT_LISTED = { code: 'ZB-TPL-001', reason: 'CentreNotListed' } as const;
const SEVERAL = { code: 'ZB-TPL-002', reason: 'SeveralTopologies' } as const;

/** How long until several topologies are looked at again, in milliseconds. */
const SEVERAL_WAIT = 60_000;

/**
 * Tells in the status of Topology what this centre says of itself and knows of its peers, and answers the claims of the
 * peers. It looks again after each probe; most looks change nothing.
 */
export function topologyController(
  dependencies: Dependencies,
  parts: TopologyParts,
): ControllerDefinition<Topology> {
  const { site, peers, ballots, castVote } = parts;
  return {
    name: 'topology',
    kind: topologyKind,
    triggers: [trigger(peers.changes, (change) => (isTold(change) ? site.topologies : []))],
    steps: [
      confirmSite(site),
      reportPeers(dependencies, parts),
      answerClaims(ballots, castVote),
      ({ again }) => {
        again(PROBE_INTERVAL);
      },
    ],
    workers: 1,
  };
}

/** Whether a change of a peer changes what is said of it, or asks for an answer. Its roles and its votes do neither. */
function isTold({ kind }: PeerChange): boolean {
  return kind !== 'Placement' && kind !== 'Vote';
}

/** There is one topology, and this centre stands in it: else nobody can tell who its peers are. */
function confirmSite(site: Site): Step<Topology> {
  return ({ key, spec }) => {
    const { centre, topologies } = site;
    const names = spec.centres.map(({ name }) => name);
    if (!names.includes(centre)) {
      const message = `this operator runs in ${centre}, and the topology has ${names.join(', ')}. Add the centre, or correct ZAIBEI_CENTRE of the operator.`;
      throw new StalledError(NOT_LISTED.code, 'spec.centres', NOT_LISTED.reason, message);
    }
    if (topologies.length > 1) {
      const message = `there are several topologies (${topologies.join(', ')}) and no telling which holds. Delete all but one; ${key} is looked at again.`;
      throw new WaitingError(SEVERAL.code, SEVERAL.reason, message, SEVERAL_WAIT);
    }
  };
}
