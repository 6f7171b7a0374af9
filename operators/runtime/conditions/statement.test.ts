import { describe, expect, it } from 'vitest';
import type { Condition } from '../../api/index.ts';
import { stateCondition } from './statement.ts';

const NOW = Date.UTC(2026, 10, 23, 4, 0, 0, 999);
const OCCASION = { generation: 4, now: NOW };
const BEFORE: Condition = {
  type: 'Resolved',
  status: 'True',
  observedGeneration: 3,
  lastTransitionTime: '2026-01-01T00:00:00Z',
  reason: 'PolicyFound',
  message: 'important',
};

describe('a condition that is stated', () => {
  it('judges the present generation, from now on, in whole seconds', () => {
    const statement = { type: 'Resolved', status: 'False', reason: 'NoPolicy', message: 'none' } as const;
    expect(stateCondition(statement, undefined, OCCASION)).toEqual({
      ...statement,
      observedGeneration: 4,
      lastTransitionTime: '2026-11-23T04:00:00Z',
    });
    expect(stateCondition(statement, BEFORE, OCCASION).lastTransitionTime).toBe('2026-11-23T04:00:00Z');
  });

  it('holds since when its status did, whatever else changes', () => {
    const statement = { type: 'Resolved', status: 'True', reason: 'Other', message: 'other' } as const;
    expect(stateCondition(statement, BEFORE, OCCASION)).toMatchObject({
      reason: 'Other',
      observedGeneration: 4,
      lastTransitionTime: BEFORE.lastTransitionTime,
    });
  });

  it('never has a message that an API server refuses', () => {
    const statement = { type: 'A', status: 'True', reason: 'B', message: 'x'.repeat(40_000) } as const;
    expect(stateCondition(statement, undefined, OCCASION).message.length).toBeLessThanOrEqual(32_768);
  });

  it('tells no secret that an error quoted', () => {
    const message = 'cannot connect to postgres://backup:geheim@db.tenant:5432';
    const statement = { type: 'A', status: 'False', reason: 'B', message } as const;
    const told = stateCondition(statement, undefined, OCCASION).message;
    expect(told).toContain('db.tenant');
    expect(told).not.toContain('geheim');
  });
});
