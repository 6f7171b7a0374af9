import { MemoryJournal } from '../../evidence/testing/memory-journal.ts';
import {
  Controller,
  pause,
  Reflector,
  silentEvents,
  silentLogger,
  type ApiClient,
  type ApiObject,
  type ResourceType,
  type Store,
} from '../../runtime/index.ts';
import type { Host, Program } from '../../runtime/simulation/simulated-process.ts';
import { silentMetrics } from '../../runtime/testing/silent-metrics.ts';
import { topologyWith, type Claims } from '../index.ts';
import { exampleDigest, SUBJECT } from '../testing/ballots.ts';
import { overLink, type Cuts } from './cuts.ts';

/** How long a claim is open, in milliseconds. */
const OPEN = 20_000;

/** As few claims and votes as may ever be kept: so most that are cast are deleted. */
const HISTORY = 1;

/** A silent watch is noticed early, so that a world comes to rest in a minute. */
const IDLE_LIMIT = 20_000;

/** What the operators of a simulated site share: nothing that a real one does not have. */
export interface SimulatedSite {
  readonly cuts: Cuts;
  /** Whether an operator of a centre may claim now. */
  readonly mayClaim: (centre: string) => boolean;
  /** What an operator gets for the client of its own API server. */
  readonly tamper: (client: ApiClient, random: () => number) => ApiClient;
}

/**
 * The operator of a simulated centre: the module of topology as it is, and somebody who claims something now and then. There
 * is no election: two of a centre work at once, as they would for a moment if everything went wrong.
 */
export function votingOperator(centre: string, { cuts, mayClaim, tamper }: SimulatedSite): Program {
  return async (host) => {
    const { clock, identity: pod, random, signal } = host;
    const client = tamper(host.reach(centre), random);
    const reflectors = new Map<
      string,
      { store: Store<never>; run: (signal: AbortSignal) => Promise<void> }
    >();
    const of = <T extends ApiObject>(type: ResourceType<T>): Store<T> => {
      const known = reflectors.get(type.plural);
      if (known !== undefined) return known.store as unknown as Store<T>; // kept under its own type
      const options = { client, type, clock, log: silentLogger, random, idleLimit: IDLE_LIMIT };
      const made = new Reflector<T>(options);
      const run = (end: AbortSignal): Promise<void> => made.run(end);
      reflectors.set(type.plural, { store: made.store as unknown as Store<never>, run });
      return made.store;
    };
    const dependencies = {
      client,
      clock,
      random,
      log: silentLogger,
      metrics: silentMetrics,
      events: silentEvents,
      identity: { centre, namespace: 'zaibei-system', pod },
      readers: { of },
      journal: new MemoryJournal({ centre, now: () => clock.now() }),
    };
    const {
      controllers,
      whileLeading = [],
      claims,
    } = topologyWith(
      (peer) => ({
        client: overLink(host.reach(peer), () => cuts.has(centre, peer)),
        close: () => Promise.resolve(),
      }),
      HISTORY,
    )(dependencies);
    const reading = Array.from(reflectors.values(), ({ run }) => run(signal));
    await Promise.race([
      Promise.all(Array.from(reflectors.values(), ({ store }) => store.untilSynced())),
      ...reading,
    ]);
    await Promise.all([
      ...reading,
      ...controllers.map((definition) => new Controller(definition, dependencies).run(signal)),
      ...whileLeading.map((work) => work.run(signal)),
      claimNowAndThen(claims, host, () => mayClaim(centre)),
    ]);
  };
}

async function claimNowAndThen(
  claims: Claims,
  { clock, identity, random, signal }: Host,
  mayClaim: () => boolean,
): Promise<void> {
  while (await pause(clock, 2_000 + random() * 15_000, signal)) {
    if (!mayClaim()) continue;
    const ballot = { subject: SUBJECT, epoch: claims.nextEpoch(SUBJECT, clock.now()) };
    const proposal = { ...ballot, digest: exampleDigest(identity), deadline: clock.now() + OPEN };
    // It may fail as everything may; the next try is another claim.
    await claims.propose(proposal, signal).catch(() => undefined);
  }
}
