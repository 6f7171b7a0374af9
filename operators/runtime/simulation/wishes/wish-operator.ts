import { Controller } from '../../controller/controller.ts';
import type { ControllerDefinition } from '../../controller/controller-definition.ts';
import type { Step } from '../../controller/step.ts';
import { WaitingError } from '../../errors/retry.ts';
import { silentEvents } from '../../events/event-recorder.ts';
import { Candidate } from '../../leadership/candidate.ts';
import { fencedClient } from '../../leadership/fenced-client.ts';
import { silentLogger } from '../../logs/logger.ts';
import type { ApiObject } from '../../objects/api-object.ts';
import type { ResourceType } from '../../objects/resource-type.ts';
import { silentMetrics } from '../../testing/silent-metrics.ts';
import { wishKind, wishType, type Wish } from '../../testing/wish-kind.ts';
import { Reflector } from '../../watching/reflector.ts';
import type { ApiClient } from '../../client/api-client.ts';
import type { Host, Program } from '../simulated-process.ts';

/** Lease that the operators of the simulated centre stand for. */
export const LEASE = 'zaibei-system/zaibei-operator';

/** What granting a wish leaves in the world: an object that has its number. */
export interface Grant extends ApiObject {
  readonly data: { readonly number: number };
}

/** How grants are reached. */
export const grantType: ResourceType<Grant> = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  scope: 'Namespaced',
  // Nothing but grants is written as a ConfigMap in a simulated world.
  keep: (parsed) => parsed as Grant,
};

/** A number that cannot be granted at once: the step waits for a better moment, a second later. */
export const isPatient = (number: number): boolean => number % 11 === 0;

/** Sees which runs begin and end, for the invariants. */
export interface RunObserver {
  begins(process: string, key: string): void;
  ends(process: string, key: string): void;
}

/** A silent watch is noticed early, so that a world comes to rest in a minute. */
const IDLE_LIMIT = 20_000;

/** The operator of the simulated centre: the runtime as it is, and a controller that grants wishes. */
export function wishOperator(centre: string, observer: RunObserver): Program {
  return async (host) => {
    const { clock, random, identity, signal } = host;
    const client = host.reach(centre);
    const log = silentLogger;
    const stop = new AbortController();
    const reflector = new Reflector({ client, type: wishType, clock, log, random, idleLimit: IDLE_LIMIT });
    const watching = reflector.run(stop.signal);
    const candidate = new Candidate({ client, clock, log, lease: LEASE, identity, random });
    const leadership = await candidate.stand(signal);
    if (leadership !== undefined) {
      await reflector.store.untilSynced();
      const fenced = fencedClient(client, () => leadership.leading, clock);
      const controller = new Controller<Wish>(wishController(fenced, host, observer), {
        client: fenced,
        // The only type that is asked for is the one that is watched.
        readers: { of: () => reflector.store as never },
        metrics: silentMetrics,
        clock,
        log,
        events: silentEvents,
        random,
      });
      const work = new AbortController();
      for (const end of [signal, leadership.signal]) {
        if (end.aborted) work.abort();
        end.addEventListener('abort', () => {
          work.abort();
        });
      }
      await controller.run(work.signal);
      await fenced.untilLanded(stop.signal);
      await leadership.release();
    }
    stop.abort();
    await watching;
  };
}

function wishController(
  client: ApiClient,
  { clock, identity }: Host,
  observer: RunObserver,
): ControllerDefinition<Wish> {
  const waited = new Map<string, number>();
  const grant: Step<Wish> = async ({ object, spec, signal }) => {
    const { namespace, name, uid, generation } = object.metadata;
    const occasion = `${uid} ${generation ?? 0}`;
    if (isPatient(spec.number)) {
      const since = waited.get(occasion) ?? clock.elapsed();
      waited.set(occasion, since);
      if (clock.elapsed() - since < 1000)
        throw new WaitingError('ZB-TST-001', 'NotYet', 'a better moment comes', 1000);
    }
    const { apiVersion, kind } = grantType;
    const granted = { apiVersion, kind, metadata: { namespace, name }, data: { number: spec.number } };
    await client.apply(grantType, granted, { fieldManager: 'zaibei-wish', force: true, signal });
  };
  const tell: Step<Wish> = ({ spec, status }) => {
    status.set({ seen: spec.number });
    status.condition('Granted', 'True', 'Written', 'the number stands in the world');
  };
  const observed =
    (step: Step<Wish>): Step<Wish> =>
    async (run) => {
      observer.begins(identity, run.key);
      try {
        await step(run);
      } finally {
        observer.ends(identity, run.key);
      }
    };
  return { name: 'wish', kind: wishKind, triggers: [], steps: [observed(grant), tell] };
}
