import { MemoryJournal } from '../../evidence/testing/memory-journal.ts';
import { MetricRegistry } from '../../metrics/index.ts';
import {
  Controller,
  Reflector,
  silentEvents,
  silentLogger,
  systemClock,
  type ApiClient,
  type ApiObject,
  type ResourceType,
  type Store,
} from '../../runtime/index.ts';
import { protection } from '../protection-module.ts';

/** The controllers of protection at work on a real API server, without the process around them and its election. */
export class RunningProtection {
  readonly #stop: AbortController;
  readonly #work: Promise<unknown>;

  private constructor(stop: AbortController, work: Promise<unknown>) {
    this.#stop = stop;
    this.#work = work;
  }

  /** Starts an operator of the centre `production`, and resolves when it works. @param journal of the centre, kept over restarts */
  static async start(client: ApiClient, journal = new MemoryJournal()): Promise<RunningProtection> {
    const surroundings = {
      client,
      clock: systemClock,
      log: silentLogger,
      metrics: new MetricRegistry(),
      events: silentEvents,
    };
    const reflectors = new Map<string, Reflector<never>>();
    const of = <T extends ApiObject>(type: ResourceType<T>): Store<T> => {
      const known = reflectors.get(type.plural);
      if (known !== undefined) return known.store as unknown as Store<T>; // kept under its own type
      const made = new Reflector<T>({ ...surroundings, type });
      reflectors.set(type.plural, made as unknown as Reflector<never>);
      return made.store;
    };
    const dependencies = {
      ...surroundings,
      identity: { centre: 'production', namespace: 'zaibei-system', pod: 'zaibei-operator-0' },
      readers: { of },
      journal,
    };
    const { controllers } = protection(dependencies);
    const loops = controllers.map((definition) => new Controller(definition, dependencies));
    const stop = new AbortController();
    const reading = Array.from(reflectors.values(), (reflector) => reflector.run(stop.signal));
    await Promise.all(Array.from(reflectors.values(), ({ store }) => store.untilSynced()));
    const working = loops.map((loop) => loop.run(stop.signal));
    return new RunningProtection(stop, Promise.all([...reading, ...working]));
  }

  /** Ends as a process does that is told to stop. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }
}
