import { isDeepStrictEqual } from 'node:util';
import type { PeerStatus, TopologyStatus } from '../../api/index.ts';
import { judgeClock } from '../peers/clock-offset.ts';

/** What the Topology controller says, without what the runtime adds. */
export type TopologyFindings = Pick<TopologyStatus, 'centre' | 'desiredState' | 'journal' | 'peers'>;

/** Figures are published so often, in milliseconds; what matters at once is published at once. */
const PUBLISH_INTERVAL = 60_000;

/**
 * How often an operator insists on what it sees where another one says otherwise, in milliseconds. There are two only while
 * one has not noticed yet that it leads no more; each of them answering the other at once would keep the API server busy.
 */
const INSIST_INTERVAL = 10_000;

/** So often something new is said again at once where it does not stand yet: its write may have met another, and failed. */
const PROMPT_TRIES = 5;

/**
 * Decides what of the present findings is published: all of it when something has changed its class, or a minute after the
 * last time; else what stands is left as it is. Samples are taken every ten seconds and differ each time: written each time,
 * they would be most of what the API server does.
 */
export class Publication {
  #last: { readonly findings: TopologyFindings; readonly at: number } | undefined;
  /** How often the last news was said. */
  #tries = 0;

  /** Whether a status is, but for figures, what was published last. If it is not, it is old, or somebody else's. */
  isKnown(status: TopologyFindings | undefined): boolean {
    return this.#last !== undefined && sameClass(findingsIn(status), this.#last.findings);
  }

  /**
   * @param findings what is found now
   * @param standing the status as the API server has it
   * @param elapsed by `Clock.elapsed`
   * @returns what the status is to say
   */
  choose(
    findings: TopologyFindings,
    standing: TopologyFindings | undefined,
    elapsed: number,
  ): TopologyFindings {
    const age = elapsed - (this.#last?.at ?? -Infinity);
    const stands = findingsIn(standing);
    const news = this.#last === undefined || !sameClass(findings, this.#last.findings);
    if (news) this.#tries = 0;
    const toSay = this.#tries < PROMPT_TRIES ? 0 : INSIST_INTERVAL;
    if (age < (sameClass(findings, stands) ? PUBLISH_INTERVAL : toSay)) return stands;
    this.#tries += 1;
    this.#last = { findings, at: elapsed };
    return findings;
  }
}

/** The part of a status that is published here. */
function findingsIn({ centre, desiredState, journal, peers }: TopologyFindings = {}): TopologyFindings {
  return { centre, desiredState, journal, peers };
}

/** Whether two findings are the same but for their figures. */
function sameClass(one: TopologyFindings, other: TopologyFindings): boolean {
  return isDeepStrictEqual(classOf(one), classOf(other));
}

function classOf({ centre, desiredState, peers = [] }: TopologyFindings): unknown {
  return { centre, desiredState, peers: peers.map(classOfPeer) };
}

function classOfPeer({ name, reachability, agreement, clockOffset, credentialsExpire }: PeerStatus): unknown {
  const { state, since, reason } = reachability;
  return { name, state, since, reason, agreement, clock: judgeClock(clockOffset), credentialsExpire };
}
