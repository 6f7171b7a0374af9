import type { Condition } from '../../api/index.ts';
import { formatInstant } from '../instant.ts';
import { redactText } from '../logs/redaction.ts';

/** A statement before it is known since when it holds. */
export type Statement = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** What a statement is made about. */
export interface Occasion {
  /** Generation that was judged. */
  readonly generation: number;
  /** Wall-clock time, in milliseconds. */
  readonly now: number;
}

/** Longest message of a condition that an API server takes. */
const LONGEST_MESSAGE = 32_768;

/**
 * A statement as a condition. Where the one before said the same status, the time since which it holds stays, whatever
 * reason and message have become: `lastTransitionTime` answers "since when", not "when last looked". What looks like a
 * secret in the message is left out, and so is what is longer than an API server takes.
 */
export function stateCondition(
  statement: Statement,
  before: Condition | undefined,
  { generation, now }: Occasion,
): Condition {
  const same = before?.status === statement.status;
  return {
    type: statement.type,
    status: statement.status,
    observedGeneration: generation,
    lastTransitionTime: same ? before.lastTransitionTime : formatInstant(now),
    reason: statement.reason,
    message: redactText(statement.message).slice(0, LONGEST_MESSAGE),
  };
}

/** The condition of a type, whatever generation it judged. */
export function conditionOf(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
