import type { ObjectChange, StackPlan } from './stack-plan.ts';

/** Exit codes of `npm run diff`, as `terraform plan -detailed-exitcode` has them. */
export const EXIT = { unchanged: 0, unknown: 1, changed: 2 } as const;

/** Sums over stacks. A replaced object counts as one to destroy and one to add, as Terraform counts. */
export interface PlanTotals {
  readonly stacks: number;
  readonly unchanged: number;
  readonly changed: number;
  readonly unknown: number;
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly drifted: number;
}

const SIGNS: Readonly<Record<ObjectChange['action'], string>> = {
  add: '+',
  change: '~',
  destroy: '-',
  replace: '±',
};

/** Adds up what is known. */
export function totalOf(plans: readonly StackPlan[]): PlanTotals {
  const planned = plans.filter((plan) => plan.result === 'planned');
  const changes = planned.flatMap((plan) => plan.changes);
  const count = (...actions: readonly ObjectChange['action'][]): number =>
    changes.filter(({ action }) => actions.includes(action)).length;
  const changed = planned.filter((plan) => plan.changes.length > 0).length;
  return {
    stacks: plans.length,
    unchanged: planned.length - changed,
    changed,
    unknown: plans.length - planned.length,
    add: count('add', 'replace'),
    change: count('change'),
    destroy: count('destroy', 'replace'),
    drifted: changes.filter(({ drifted }) => drifted).length,
  };
}

/** 1 while anything is unknown: nobody may take that for "no changes". */
export function exitCodeOf({ unknown, changed }: PlanTotals): number {
  if (unknown > 0) return EXIT.unknown;
  return changed > 0 ? EXIT.changed : EXIT.unchanged;
}

/** A line per stack, its objects below it by name, and one line at the end that sums up. */
export function renderPlans(plans: readonly StackPlan[]): string {
  const width = Math.max(0, ...plans.map(({ stack }) => stack.length)) + 2;
  const lines = plans.flatMap((plan) => [
    `${plan.stack.padEnd(width)}${renderResult(plan)}`,
    ...(plan.result === 'planned' ? plan.changes.map(renderChange) : []),
  ]);
  return [...lines, renderTotals(totalOf(plans))].join('\n');
}

function renderResult(plan: StackPlan): string {
  if (plan.result === 'unknown') return `unknown: ${plan.reason}`;
  return plan.changes.length === 0 ? 'no changes' : renderCounts(totalOf([plan]));
}

function renderChange({ object, action, drifted }: ObjectChange): string {
  return `  ${SIGNS[action]} ${object}${drifted ? ' (drifted: changed since it was deployed)' : ''}`;
}

function renderTotals(totals: PlanTotals): string {
  const { stacks, unchanged, changed, unknown } = totals;
  const parts = [
    `${unchanged} unchanged`,
    `${changed} changed${changed > 0 ? ` (${renderCounts(totals)})` : ''}`,
    `${unknown} unknown`,
  ];
  return `${stacks} stacks: ${parts.join(', ')}`;
}

function renderCounts({ add, change, destroy, drifted }: PlanTotals): string {
  const counts = `${add} to add, ${change} to change, ${destroy} to destroy`;
  return drifted > 0 ? `${counts}, ${drifted} drifted` : counts;
}
