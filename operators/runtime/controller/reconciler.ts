import type { Resource } from '../../api/index.ts';
import { Deadline } from '../client/deadline.ts';
import { conditionOf } from '../conditions/statement.ts';
import { STALLED, type StepsEnd } from '../conditions/summary.ts';
import { OperatorError } from '../errors/retry.ts';
import type { Live, ObjectKey } from '../objects/api-object.ts';
import { resourceTypeOf, type ResourceType } from '../objects/resource-type.ts';
import type { Reader } from '../watching/reader.ts';
import type { ControllerDefinition } from './controller-definition.ts';
import { specParser, type SpecParser } from './parse-spec.ts';
import { endBy, type RunEnd } from './run-end.ts';
import { RunStatus, type AnyStatus } from './status-draft.ts';
import { StatusWriter } from './status-writer.ts';
import type { Reconciliation } from './step.ts';
import type { Surroundings } from './surroundings.ts';

/** Longest that one run may last unless its controller says otherwise, in milliseconds. */
export const RUN_DEADLINE = 30_000;

/**
 * Failures in a row from which on they are told in the status. A conflict or an answer that got lost is over at the next
 * try, a few milliseconds later, and must not make `Ready` forget since when it was true.
 */
export const TOLD_FROM = 3;

/** A run that did not come to its end in time. It is tried again, later each time. */
export class RunDeadlineError extends OperatorError {
  static readonly code = 'ZB-OPR-002';

  constructor(milliseconds: number, options: ErrorOptions) {
    const message = `the run was ended after ${milliseconds / 1000} s; look in the log for what it waited for.`;
    super(RunDeadlineError.code, message, { kind: 'backoff' }, options);
  }
}

/**
 * Works on one key at a time as its caller says: fetches the object from the store, reads its spec, runs the steps in
 * order, and then writes the status once, whatever the steps came to. So a status never tells what has not happened yet.
 */
export class Reconciler<R extends Resource> {
  readonly reader: Reader<Live<R>>;
  readonly #definition: ControllerDefinition<R>;
  readonly #surroundings: Surroundings;
  readonly #parseSpec: SpecParser<R>;
  readonly #writer: StatusWriter<R>;
  /** Objects that stalled in this very program, at which generation: another program judges them for itself. */
  readonly #stalled = new Map<ObjectKey, { readonly uid: string; readonly generation: number }>();

  constructor(definition: ControllerDefinition<R>, surroundings: Surroundings) {
    // Whoever defines a controller names kind and type of its documents together.
    const type = resourceTypeOf(definition.kind) as unknown as ResourceType<Live<R>>;
    this.#definition = definition;
    this.#surroundings = surroundings;
    this.#parseSpec = specParser(definition.kind);
    this.reader = surroundings.readers.of(type);
    this.#writer = new StatusWriter(surroundings.client, type, `zaibei-${definition.name}`);
  }

  /** Calls with the key of each object that changes from now on, but for the arrival of our own status. */
  listen(touch: (key: ObjectKey) => void): void {
    this.#writer.onChange = touch;
    this.reader.listen((change) => {
      this.#writer.heed(change);
    });
  }

  /**
   * One run over a key. It never throws.
   * @param failures how many runs over this key have failed in a row before
   * @param lifetime aborted when nothing more may be written
   */
  async run(key: ObjectKey, failures: number, lifetime: AbortSignal): Promise<RunEnd> {
    try {
      const object = this.reader.find(key);
      // What is being deleted is as good as gone: no kind of ours has anything to be cleaned up first.
      if (object === undefined || object.metadata.deletionTimestamp !== undefined) {
        this.#writer.forget(key);
        this.#stalled.delete(key);
        return { kind: 'gone' };
      }
      const end = await this.#reconcile(key, object, failures, lifetime);
      return lifetime.aborted ? { kind: 'aborted' } : end;
    } catch (error) {
      return lifetime.aborted ? { kind: 'aborted' } : { kind: 'failed', error };
    }
  }

  async #reconcile(
    key: ObjectKey,
    object: Live<R>,
    failures: number,
    lifetime: AbortSignal,
  ): Promise<RunEnd> {
    const { uid, generation = 0 } = object.metadata;
    const present = this.#writer.present(object);
    const verdict = this.#stalled.get(key);
    if (verdict?.uid === uid && verdict.generation === generation && showsStalled(present.status, generation))
      return { kind: 'held' };
    const now = this.#surroundings.clock.now();
    const status = new RunStatus(present.status, { generation, now });
    let again: number | undefined;
    const wish = (milliseconds: number): void => {
      if (Number.isNaN(milliseconds)) throw new RangeError('again() needs a number of milliseconds');
      again = Math.min(again ?? Infinity, milliseconds);
    };
    const end = await this.#runSteps({ key, object, now }, status, wish, lifetime);
    const quiet = end.kind === 'failed' && failures + 1 < TOLD_FROM;
    if (!quiet && !lifetime.aborted) {
      const { summary = 'Ready' } = this.#definition;
      await this.#writer.write(object, status.finish(end, summary), present, lifetime);
    }
    // Only once it is written: who asks why nothing happens finds the answer in the status.
    if (end.kind === 'stalled') this.#stalled.set(key, { uid, generation });
    return { ...end, again };
  }

  async #runSteps(
    about: Pick<Reconciliation<R>, 'key' | 'object' | 'now'>,
    status: RunStatus,
    again: (milliseconds: number) => void,
    lifetime: AbortSignal,
  ): Promise<StepsEnd> {
    const { clock, log, events } = this.#surroundings;
    const { steps, name, deadline: limit = RUN_DEADLINE } = this.#definition;
    const deadline = new Deadline(clock, limit, lifetime);
    try {
      const run: Reconciliation<R> = {
        ...about,
        spec: this.#parseSpec(about.object),
        status,
        signal: deadline.signal,
        log: log.child({ controller: name, key: about.key }),
        event: (type, reason, message) => {
          events.record(about.object, { type, reason, message });
        },
        again,
      };
      for (const step of steps) {
        deadline.signal.throwIfAborted();
        await step(run);
      }
      return { kind: 'done' };
    } catch (error) {
      return endBy(deadline.passed ? new RunDeadlineError(limit, { cause: error }) : error);
    } finally {
      deadline.end();
    }
  }
}

function showsStalled(status: AnyStatus, generation: number): boolean {
  const stalled = conditionOf(status.conditions, STALLED);
  return stalled?.status === 'True' && stalled.observedGeneration === generation;
}
