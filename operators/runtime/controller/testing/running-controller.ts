import { onTestFinished } from 'vitest';
import { reconciles } from '../../../metrics/catalogue/runtime.ts';
import type { ObjectKey } from '../../objects/api-object.ts';
import type { TestOperator } from '../../testing/test-operator.ts';
import { wishKind, type Wish } from '../../testing/wish-kind.ts';
import { Controller } from '../controller.ts';
import type { ControllerDefinition } from '../controller-definition.ts';
import type { Step } from '../step.ts';

/**
 * Runs a controller of wishes over the stores of an operator until it is ended or the test is. Of all that is left to
 * chance it gets the middle.
 */
export function runController(
  operator: TestOperator,
  steps: readonly Step<Wish>[],
  rest: Partial<ControllerDefinition<Wish>> = {},
): { readonly end: () => Promise<void> } {
  const stop = new AbortController();
  const definition = { name: 'wish', kind: wishKind, triggers: [], steps, ...rest };
  const surroundings = { ...operator.dependencies, random: () => 0.5 };
  const running = new Controller<Wish>(definition, surroundings).run(stop.signal);
  onTestFinished(() => {
    stop.abort();
  });
  return {
    end: () => {
      stop.abort();
      return running;
    },
  };
}

/** A step that notes its keys. */
export function notingStep(): { readonly step: Step<Wish>; readonly keys: ObjectKey[] } {
  const keys: ObjectKey[] = [];
  return { step: ({ key }) => void keys.push(key), keys };
}

/** How often runs came to what, as the metrics page has it. */
export async function outcomesOf(operator: TestOperator): Promise<Record<string, number>> {
  const page = (await operator.metrics.render()).toString();
  const found = page.matchAll(new RegExp(`^${reconciles.name}{.*outcome="(\\w+)"} (\\d+)$`, 'gm'));
  return Object.fromEntries([...found].map(([, outcome = '', count]) => [outcome, Number(count)]));
}
