import { describe, expect, it } from 'vitest';
import { conditionSchema, findCondition, type Condition } from './condition.ts';

const READY: Condition = {
  type: 'Ready',
  status: 'True',
  observedGeneration: 3,
  lastTransitionTime: '2026-11-22T08:00:00Z',
  reason: 'Reconciled',
  message: '',
};

describe('a condition', () => {
  it('is found by its type, at the generation that it judged', () => {
    expect(findCondition([READY], 'Ready', 3)).toEqual(READY);
  });

  it('that judged another generation says nothing', () => {
    expect(findCondition([READY], 'Ready', 4)).toBeUndefined();
    expect(findCondition([READY], 'Ready', 2)).toBeUndefined();
  });

  it('that does not say what it judged says nothing', () => {
    const vague = { ...READY, observedGeneration: undefined };
    expect(findCondition([vague], 'Ready', 3)).toBeUndefined();
  });

  it('that is not there is not found', () => {
    expect(findCondition([READY], 'Stalled', 3)).toBeUndefined();
    expect(findCondition(undefined, 'Ready', 3)).toBeUndefined();
  });

  it.each<[string, object]>([
    ['a status of its own', { status: 'true' }],
    ['a type of several words', { type: 'Not Ready' }],
    ['an empty reason', { reason: '' }],
    ['a reason in prose', { reason: 'it is fine.' }],
    ['a day for an instant', { lastTransitionTime: '2026-11-22' }],
    ['a field of its own', { since: '1h' }],
  ])('never has %s', (_what, change) => {
    expect(conditionSchema.safeParse(READY).success).toBe(true);
    expect(conditionSchema.safeParse({ ...READY, ...change }).success).toBe(false);
  });
});
