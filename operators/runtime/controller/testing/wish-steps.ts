import type { TestOperator } from '../../testing/test-operator.ts';
import { wishKind, type Wish } from '../../testing/wish-kind.ts';
import type { ControllerDefinition } from '../controller-definition.ts';
import type { Step } from '../step.ts';

/** A controller of wishes, of those steps. */
export function defineWishes(
  steps: readonly Step<Wish>[],
  rest: Partial<ControllerDefinition<Wish>> = {},
): ControllerDefinition<Wish> {
  return { name: 'wish', kind: wishKind, triggers: [], steps, ...rest };
}

/** Says which number it saw. */
export const see: Step<Wish> = ({ spec, status }) => {
  status.set({ seen: spec.number });
  status.condition('Seen', 'True', 'Looked', `the number ${spec.number}`);
};

/** Says twice the number. */
export const double: Step<Wish> = ({ spec, status }) => {
  status.set({ doubled: 2 * spec.number });
};

/** Counts writes of statuses at the server. */
export function countWrites(operator: TestOperator): { count: number } {
  const writes = { count: 0 };
  operator.server.onCall = ({ verb }) => {
    if (verb === 'apply-status') writes.count += 1;
  };
  return writes;
}
