import { describe, expect, it } from 'vitest';
import { exitCodeOf, renderPlans, totalOf } from './plan-report.ts';
import type { StackPlan } from './stack-plan.ts';

const unchanged: StackPlan = { stack: 'production-control', result: 'planned', changes: [] };
const changed: StackPlan = {
  stack: 'production-zone',
  result: 'planned',
  changes: [
    { object: 'networkpolicy tax/dns', action: 'add', drifted: true },
    { object: 'priorityclass x', action: 'replace', drifted: false },
    { object: 'resourcequota tax/quota', action: 'change', drifted: false },
  ],
};
const unknown: StackPlan = {
  stack: 'remote-dr-zone',
  result: 'unknown',
  reason: '10.90.0.3:6443 does not answer',
};

describe('report of plans', () => {
  it('has a line per stack, its objects below, and one line at the end that sums up', () => {
    expect(renderPlans([changed, unchanged, unknown])).toBe(
      [
        'production-zone     2 to add, 1 to change, 1 to destroy, 1 drifted',
        '  + networkpolicy tax/dns (drifted: changed since it was deployed)',
        '  ± priorityclass x',
        '  ~ resourcequota tax/quota',
        'production-control  no changes',
        'remote-dr-zone      unknown: 10.90.0.3:6443 does not answer',
        '3 stacks: 1 unchanged, 1 changed (2 to add, 1 to change, 1 to destroy, 1 drifted), 1 unknown',
      ].join('\n'),
    );
  });

  it.each([
    ['no changes', [unchanged], 0],
    ['changes', [unchanged, changed], 2],
    ['something unknown, whatever else', [unchanged, changed, unknown], 1],
  ])('ends with the code for %s', (_, plans, code) => {
    expect(exitCodeOf(totalOf(plans))).toBe(code);
  });
});
