import type { Resource } from '../../api/index.ts';
import { describeFailure } from '../conditions/summary.ts';
import { askedWait, OperatorError } from '../errors/retry.ts';
import { keyOf, type ObjectKey } from '../objects/api-object.ts';
import { pause } from '../pause.ts';
import { WorkQueue, type TakenKey } from '../queue/work-queue.ts';
import type { ControllerDefinition } from './controller-definition.ts';
import { measureController, type ControllerMetrics } from './controller-metrics.ts';
import { Reconciler, RUN_DEADLINE } from './reconciler.ts';
import type { RunEnd } from './run-end.ts';
import type { Surroundings } from './surroundings.ts';

/** Keys worked on at the same time unless the controller says otherwise. */
const WORKERS = 8;

/** Every object is looked at once in this time, at a random moment of it, although nothing was heard of it. */
export const RESYNC = 600_000;

/** What a run gets beyond its deadline to notice that it was ended, before its worker leaves it to itself. */
const GRACE = 10_000;

/**
 * The loop of one controller: keys of changed objects go into a queue, workers take them, and what a run came to decides
 * when the key comes back. Whatever a run throws, the loop goes on.
 */
export class Controller<R extends Resource> {
  readonly name: string;
  readonly #definition: ControllerDefinition<R>;
  readonly #surroundings: Surroundings;
  readonly #random: () => number;
  readonly #queue: WorkQueue;
  readonly #reconciler: Reconciler<R>;
  readonly #metrics: ControllerMetrics;

  constructor(definition: ControllerDefinition<R>, surroundings: Surroundings) {
    const { clock, metrics, random = Math.random } = surroundings;
    this.name = definition.name;
    this.#definition = definition;
    this.#surroundings = surroundings;
    this.#random = random;
    this.#queue = new WorkQueue({ clock, random });
    this.#reconciler = new Reconciler(definition, surroundings);
    this.#metrics = measureController(metrics, definition.name, this.#queue);
  }

  /**
   * Works until the signal is aborted and the last run has ended. Once in the life of a controller, and when its readers
   * are synced.
   */
  async run(signal: AbortSignal): Promise<void> {
    const queue = this.#queue;
    signal.addEventListener('abort', () => {
      queue.close();
    });
    if (signal.aborted) queue.close();
    this.#listen();
    for (const object of this.#reconciler.reader.all()) queue.add(keyOf(object));
    const workers = Array.from({ length: this.#definition.workers ?? WORKERS }, () => this.#work(signal));
    await Promise.all([...workers, this.#resync(signal)]);
  }

  #listen(): void {
    this.#reconciler.listen((key) => {
      this.#queue.add(key);
    });
    for (const { reader, keys } of this.#definition.triggers) {
      reader.listen(({ before, after }) => {
        for (const object of [before, after]) {
          // `trigger` tied the type of the keys' function to that of its reader.
          if (object !== undefined) for (const key of keys(object as never)) this.#queue.add(key);
        }
      });
    }
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { clock } = this.#surroundings;
    const limit = (this.#definition.deadline ?? RUN_DEADLINE) + GRACE;
    for (let taken = await this.#queue.take(); taken !== undefined; taken = await this.#queue.take()) {
      const tooLong = Promise.withResolvers<undefined>();
      const timer = clock.after(limit, () => {
        tooLong.resolve(undefined);
      });
      const run = this.#runKey(taken, signal).finally(() => {
        timer.cancel();
      });
      // A run that does not listen to its signal keeps its key, so that nobody else works on it, but not the worker.
      await Promise.race([run, tooLong.promise]);
    }
  }

  async #runKey({ key, waited }: TakenKey, signal: AbortSignal): Promise<void> {
    const { clock } = this.#surroundings;
    const start = clock.elapsed();
    this.#metrics.taken(waited);
    const end = await this.#reconciler.run(key, this.#queue.failuresOf(key), signal);
    this.#settle(key, end, clock.elapsed() - start);
    this.#queue.done(key);
  }

  /** The one place that decides when a key comes back. */
  #settle(key: ObjectKey, end: RunEnd, lasted: number): void {
    const queue = this.#queue;
    switch (end.kind) {
      case 'aborted':
        return;
      case 'gone':
      case 'held':
        queue.forget(key);
        return;
      case 'done':
        queue.forget(key);
        if (end.again !== undefined) queue.addAfter(key, end.again);
        break;
      case 'waiting':
        queue.forget(key);
        queue.addAfter(key, Math.min(end.error.milliseconds, end.again ?? Infinity));
        break;
      case 'stalled':
        queue.forget(key);
        break;
      case 'failed':
        queue.addFailed(key, askedWait(end.error));
        if (end.again !== undefined) queue.addAfter(key, end.again);
        break;
    }
    this.#metrics.ended(end.kind, lasted);
    this.#tell(key, end);
  }

  #tell(key: ObjectKey, end: RunEnd): void {
    if (!('error' in end)) return;
    const { error, kind } = end;
    const fields = {
      controller: this.name,
      key,
      ...(error instanceof OperatorError && { code: error.code }),
    };
    const log = this.#surroundings.log;
    if (kind === 'failed') {
      log.warn(`failed: ${describeFailure(error)}`, {
        ...fields,
        failures: this.#queue.failuresOf(key),
        error,
      });
    } else if (kind === 'stalled') log.warn(`stalled: ${error.field}: ${error.message}`, fields);
    else log.debug(`waiting: ${error.message}`, fields);
  }

  /** Looks at everything again and again, spread out, in case that a change was missed. */
  async #resync(signal: AbortSignal): Promise<void> {
    for (;;) {
      await pause(this.#surroundings.clock, RESYNC, signal);
      if (signal.aborted) return;
      for (const object of this.#reconciler.reader.all())
        this.#queue.addAfter(keyOf(object), this.#random() * RESYNC);
    }
  }
}
