import { randomUUID } from 'node:crypto';
import { OPERATOR } from '../api/layout/identities.ts';
import type { Journal } from '../evidence/index.ts';
import { leader, type Metrics } from '../metrics/index.ts';
import {
  ApiEventRecorder,
  Candidate,
  Controller,
  fencedClient,
  watchMetrics,
  type ApiClient,
  type BackgroundWork,
  type Clock,
  type ControllerModule,
  type Dependencies,
  type FencedClient,
  type Identity,
  type Logger,
} from '../runtime/index.ts';
import { LeaderJournal } from './leader-journal.ts';
import { ReflectedReaders } from './reflected-readers.ts';

/** What an operator is made of: everything from outside, and the modules. */
export interface OperatorParts {
  readonly identity: Identity;
  /** Image of the movers; undefined: no pods are run. */
  readonly moverImage?: string | undefined;
  /** API server of its own centre. */
  readonly client: ApiClient;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
  /** From 0 up to 1, as `Math.random`: by it, those who failed together do not come back together. */
  readonly random: () => number;
  /** @throws EvidenceError where the journal cannot be used */
  readonly openJournal: () => Promise<Journal>;
  /** The domain folders. */
  readonly makeModules: (dependencies: Dependencies) => readonly ControllerModule[];
}

/** An operator that is put together and has not begun. */
export interface Assembly {
  readonly candidate: Candidate;
  readonly readers: ReflectedReaders;
  readonly journal: LeaderJournal;
  /** What all of it writes with. */
  readonly fenced: FencedClient;
  /** What runs in the leader. Every other replica reads, and nothing else. */
  readonly inTheLeader: readonly BackgroundWork[];
}

/**
 * Puts an operator together. Whatever writes is given a client and a journal that refuse while this process does not lead;
 * only the candidate itself writes without.
 * @param signal after which nothing is told of objects any more
 */
export function assemble(parts: OperatorParts, signal: AbortSignal): Assembly {
  const { identity, client, metrics, clock, log, random, openJournal, makeModules, moverImage } = parts;
  const candidate = new Candidate({
    client,
    clock,
    log,
    random,
    lease: `${identity.namespace}/${OPERATOR}`,
    // A container that starts anew in the same pod is another process.
    identity: `${identity.pod}_${randomUUID()}`,
  });
  const leading = (): boolean => candidate.leading;
  metrics.derived(leader, () => [{ labels: {}, value: leading() ? 1 : 0 }]);

  const readers = new ReflectedReaders({
    client,
    clock,
    log,
    random,
    observe: (type) => watchMetrics(metrics, identity.centre, type),
  });
  const journal = new LeaderJournal(identity.centre, openJournal, leading);
  const fenced = fencedClient(client, leading, clock);
  const reporter = { controller: OPERATOR, instance: identity.pod };
  const events = new ApiEventRecorder({ client: fenced, clock, log, metrics, reporter, signal });
  const dependencies: Dependencies = {
    identity,
    client: fenced,
    readers,
    metrics,
    clock,
    log,
    random,
    events,
    journal,
    moverImage,
  };

  return {
    candidate,
    readers,
    journal,
    fenced,
    inTheLeader: makeModules(dependencies).flatMap(({ controllers, whileLeading = [] }) => [
      ...controllers.map((definition) => new Controller(definition, dependencies)),
      ...whileLeading,
    ]),
  };
}
