import type { Resource } from '../../api/index.ts';
import { MemoryJournal } from '../../evidence/testing/memory-journal.ts';
import { MetricRegistry } from '../../metrics/metric-registry.ts';
import type { ControllerDefinition } from '../controller/controller-definition.ts';
import { Reconciler, TOLD_FROM } from '../controller/reconciler.ts';
import type { RunEnd } from '../controller/run-end.ts';
import type { Dependencies, Identity } from '../controller-module.ts';
import type { EventNote } from '../events/event-recorder.ts';
import { keyOf, type ApiObject, type Live, type NewObject, type ObjectKey } from '../objects/api-object.ts';
import { resourceTypeOf, type ResourceType } from '../objects/resource-type.ts';
import { Store } from '../watching/store.ts';
import { ManualClock } from './manual-clock.ts';
import { directWire } from './memory-api/direct-wire.ts';
import { MemoryApiServer } from './memory-api/memory-api-server.ts';
import { MemoryClient } from './memory-api/memory-client.ts';
import { isOf, selects } from './memory-api/selects.ts';
import { RecordedLog } from './recorded-log.ts';

/** What one run came to. */
export interface TestRun<R extends Resource> {
  readonly end: RunEnd;
  /** The object as the server has it now, with its status; undefined: it has none. */
  readonly object: Live<R> | undefined;
  readonly status: R['status'];
  /** What was told about the object in this run, in order. */
  readonly events: readonly EventNote[];
}

/**
 * What a controller is tested with in a few lines: an API server in memory, stores that have every change at once, a clock
 * moved by hand, and runs one at a time.
 *
 *     const operator = new TestOperator();
 *     const dataset = operator.have(datasetKind, exampleDataset);
 *     const { status } = await operator.reconcile(datasetController(operator.dependencies), keyOf(dataset));
 */
export class TestOperator {
  readonly clock: ManualClock;
  readonly server: MemoryApiServer;
  readonly metrics: MetricRegistry;
  readonly journal: MemoryJournal;
  readonly log = new RecordedLog();
  readonly dependencies: Dependencies;
  readonly #reconcilers = new Map<ControllerDefinition<never>, Reconciler<never>>();
  #events: EventNote[] = [];

  /** @param identity what differs from the first operator of the centre `production` */
  constructor(identity: Partial<Identity> = {}) {
    this.clock = new ManualClock();
    this.server = new MemoryApiServer(identity.centre ?? 'production', () => this.clock.now());
    this.metrics = new MetricRegistry();
    this.journal = new MemoryJournal({ centre: this.server.name, now: () => this.clock.now() });
    this.dependencies = {
      identity: {
        centre: 'production',
        namespace: 'zaibei-system',
        pod: 'zaibei-operator-0',
        ...identity,
      },
      client: new MemoryClient(this.server, directWire),
      readers: { of: (type, selection) => this.#store(type, selection) },
      metrics: this.metrics,
      clock: this.clock,
      log: this.log,
      events: { record: (_about, note) => void this.#events.push(note) },
      journal: this.journal,
    };
  }

  /** Writes an object as people or stacks do: creates it, or gives it another spec, labels and annotations. */
  have<T extends ApiObject>(type: ResourceType<T>, object: NewObject): T {
    return type.keep(this.server.apply(type, object, 'people'));
  }

  /** Runs over one key once, and tells what came of it. A failure is told in the status as if it had lasted. */
  async reconcile<R extends Resource>(
    definition: ControllerDefinition<R>,
    key: ObjectKey,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<TestRun<R>> {
    this.#events = [];
    const end = await this.#reconciler(definition).run(key, TOLD_FROM, signal);
    // The kind of a definition is that of its documents.
    const type = resourceTypeOf(definition.kind) as unknown as ResourceType<Live<R>>;
    const found = this.server.find(type, key);
    const object = found && type.keep(found);
    return { end, object, status: object?.status, events: this.#events };
  }

  #reconciler<R extends Resource>(definition: ControllerDefinition<R>): Reconciler<R> {
    // Reconcilers are kept by their own definitions.
    const known = this.#reconcilers as Map<unknown, unknown> as Map<ControllerDefinition<R>, Reconciler<R>>;
    const present = known.get(definition);
    if (present !== undefined) return present;
    const made = new Reconciler(definition, this.dependencies);
    known.set(definition, made);
    return made;
  }

  #store<T extends ApiObject>(
    type: ResourceType<T>,
    selection: Parameters<typeof selects>[0] = {},
  ): Store<T> {
    const store = new Store<T>(this.dependencies);
    const listed = this.server.list(type, selection);
    for (const object of listed) store.put(type.keep(object));
    store.keepOnly(new Set(listed.map(keyOf)));
    store.heard();
    this.server.log.listen(({ type: change, object }) => {
      if (!isOf(type, object) || !selects(selection, object)) return;
      if (change === 'deleted') store.remove(keyOf(object));
      else store.put(type.keep(object));
      store.heard();
    });
    return store;
  }
}
