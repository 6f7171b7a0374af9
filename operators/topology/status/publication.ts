import { isDeepStrictEqual } from 'node:util';
import type { PeerStatus, TopologyStatus } from '../../api/index.ts';
import { judgeClock } from '../peers/clock-offset.ts';

/** What the Topology controller says, without what the runtime adds. */
export type TopologyFindings = Pick<TopologyStatus, 'centre' | 'desiredState' | 'journal' | 'peers'>;

/** Figures are published so often, in milliseconds; what matters at once is published at once. */
const PUBLISH_INTERVAL = 60_000;

/**
 * Decides what of the present findings is published: all of it when something has changed its class, or a minute after the
 * last time; else what was published last. Samples are taken every ten seconds and differ each time: written each time, they
 * would be most of what the API server does.
 */
export class Publication {
  #last: { readonly findings: TopologyFindings; readonly at: number } | undefined;

  /** What was published last; undefined: nothing by this process. */
  get last(): TopologyFindings | undefined {
    return this.#last?.findings;
  }

  /** @param elapsed by `Clock.elapsed` @returns what the status is to say now */
  choose(findings: TopologyFindings, elapsed: number): TopologyFindings {
    const last = this.#last;
    const stands =
      last !== undefined &&
      elapsed - last.at < PUBLISH_INTERVAL &&
      isDeepStrictEqual(classOf(findings), classOf(last.findings));
    if (stands) return last.findings;
    this.#last = { findings, at: elapsed };
    return findings;
  }
}

/** Findings without their figures. */
function classOf({ peers = [], journal: _journal, ...rest }: TopologyFindings): unknown {
  return { ...rest, peers: peers.map(classOfPeer) };
}

function classOfPeer({ name, reachability, agreement, clockOffset, credentialsExpire }: PeerStatus): unknown {
  const { state, since, reason } = reachability;
  return { name, state, since, reason, agreement, clock: judgeClock(clockOffset), credentialsExpire };
}
