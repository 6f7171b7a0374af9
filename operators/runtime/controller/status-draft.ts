import type { Condition, Resource } from '../../api/index.ts';
import { conditionOf, stateCondition, type Occasion, type Statement } from '../conditions/statement.ts';
import { STALLED, summarise, type StepsEnd } from '../conditions/summary.ts';
import type { StatusDraft } from './step.ts';

/** What every status has, and whatever else. */
export interface AnyStatus {
  readonly observedGeneration?: number | undefined;
  readonly conditions?: readonly Condition[] | undefined;
  readonly phase?: string | undefined;
  readonly [field: string]: unknown;
}

/** The status of a document as the runtime sees it: every kind has the fields of {@link AnyStatus}. */
export function statusOf(object: Pick<Resource, 'status'>): AnyStatus {
  // `statusFields` are part of the schema of every kind.
  return (object.status ?? {}) as AnyStatus;
}

/** Collects what the steps of one run say, and makes the status of it. */
export class RunStatus implements StatusDraft<AnyStatus> {
  readonly #before: AnyStatus;
  readonly #occasion: Occasion;
  readonly #fields = new Map<string, unknown>();
  readonly #conditions = new Map<string, Condition>();

  /** @param before the status as it stands */
  constructor(before: AnyStatus, occasion: Occasion) {
    this.#before = before;
    this.#occasion = occasion;
  }

  set(fields: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(fields)) this.#fields.set(name, value);
  }

  condition(type: string, status: Condition['status'], reason: string, message: string): void {
    this.#conditions.set(type, this.#state({ type, status, reason, message }));
  }

  stated(type: string): Condition | undefined {
    return this.#conditions.get(type);
  }

  /**
   * The status to be written. After the last step it consists of what the steps said; after an error the rest stays as it
   * was, with the generations that its conditions had judged.
   * @param summary type of the condition that sums up
   */
  finish(end: StepsEnd, summary: string): AnyStatus {
    const complete = end.kind === 'done';
    const { ready, stalled, phase } = summarise(end, summary, this.stated(summary));
    const conditions = new Map(this.#conditions);
    for (const condition of complete ? [] : (this.#before.conditions ?? [])) {
      if (!conditions.has(condition.type)) conditions.set(condition.type, condition);
    }
    conditions.delete(STALLED);
    for (const statement of stalled ? [ready, stalled] : [ready])
      conditions.set(statement.type, this.#state(statement));
    const said = { ...(complete ? {} : this.#before), ...Object.fromEntries(this.#fields) };
    return {
      ...said,
      phase: complete ? (said.phase ?? phase) : phase,
      observedGeneration: this.#observed(end),
      conditions: [...conditions.values()].sort((one, other) => (one.type < other.type ? -1 : 1)),
    };
  }

  /** A run that failed half-way or waits has not described this generation yet; one that stalled has. */
  #observed({ kind }: StepsEnd): number | undefined {
    const judged = kind === 'done' || kind === 'stalled';
    return judged ? this.#occasion.generation : this.#before.observedGeneration;
  }

  #state(statement: Statement): Condition {
    const before = conditionOf(this.#before.conditions, statement.type);
    return stateCondition(statement, before, this.#occasion);
  }
}
