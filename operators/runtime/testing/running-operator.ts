import { MemoryJournal } from '../../evidence/testing/memory-journal.ts';
import { MetricRegistry } from '../../metrics/index.ts';
import type { ApiClient } from '../client/api-client.ts';
import { systemClock } from '../clock.ts';
import { Controller } from '../controller/controller.ts';
import type { ControllerModule, Dependencies, Identity } from '../controller-module.ts';
import { silentEvents } from '../events/event-recorder.ts';
import { silentLogger } from '../logs/logger.ts';
import type { ApiObject } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import { Reflector } from '../watching/reflector.ts';
import type { Store } from '../watching/store.ts';

/** What an operator of a test is started with. */
export interface RunningOperatorOptions<Module> {
  /** API server of its centre. */
  readonly client: ApiClient;
  /** What differs from the first operator of the centre `production`. */
  readonly identity?: Partial<Identity>;
  /** Of the centre, kept over restarts. Default: an empty one. */
  readonly journal?: MemoryJournal | undefined;
  readonly make: (dependencies: Dependencies) => Module;
}

/** A module at work on a real API server, without the process around it and its election: as if it always led. */
export class RunningOperator<Module extends ControllerModule = ControllerModule> {
  readonly module: Module;
  readonly #stop: AbortController;
  readonly #work: Promise<unknown>;

  private constructor(module: Module, stop: AbortController, work: Promise<unknown>) {
    this.module = module;
    this.#stop = stop;
    this.#work = work;
  }

  /** Starts it, and resolves when it works. */
  static async start<Module extends ControllerModule>({
    client,
    identity,
    journal = new MemoryJournal(),
    make,
  }: RunningOperatorOptions<Module>): Promise<RunningOperator<Module>> {
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
      identity: { centre: 'production', namespace: 'zaibei-system', pod: 'zaibei-operator-0', ...identity },
      readers: { of },
      journal,
    };
    const module = make(dependencies);
    const { controllers, whileLeading = [] } = module;
    const loops = controllers.map((definition) => new Controller(definition, dependencies));
    const stop = new AbortController();
    const reading = Array.from(reflectors.values(), (reflector) => reflector.run(stop.signal));
    await Promise.all(Array.from(reflectors.values(), ({ store }) => store.untilSynced()));
    const working = [...loops, ...whileLeading].map((loop) => loop.run(stop.signal));
    return new RunningOperator(module, stop, Promise.all([...reading, ...working]));
  }

  /** Ends as a process does that is told to stop. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#work;
  }
}
