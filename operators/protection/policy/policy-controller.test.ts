import { describe, expect, it } from 'vitest';
import { findCondition } from '../../api/index.ts';
import { ProtectedCentre } from '../testing/protected-centre.ts';
import { told } from '../testing/told-conditions.ts';

describe('the controller of policies', () => {
  it('tells what a policy protects, when it is due next in its zone, and that it fits', async () => {
    const centre = await ProtectedCentre.open();
    const { status, end } = await centre.run('policy', 'important');
    expect(told(status?.conditions)).toEqual(['Feasible=True ChangesFit', 'Ready=True RulesKept']);
    expect(status).toMatchObject({
      datasets: 3,
      nextSlots: ['2026-11-23T12:15:00+08:00', '2026-11-23T12:30:00+08:00', '2026-11-23T12:45:00+08:00'],
      feasibility: { judged: 3, unjudged: 0, exceeding: 0 },
    });
    // The clock of the test stands at noon in Shanghai: the next slot is in a quarter of an hour.
    expect(end).toEqual({ kind: 'done', again: 15 * 60_000 });
  });

  it('stalls one that makes no sense, with field and reason, and leaves the others alone', async () => {
    const centre = await ProtectedCentre.open();
    await centre.run('policy', 'general');
    const schedule = { cron: '0 0 31 2 *', timeZone: 'Asia/Shanghai' };
    centre.change('policy', 'general', { timed: { schedule, store: 'remote', deadline: '30m' } });
    const stalled = await centre.run('policy', 'general');
    expect(told(stalled.status?.conditions)).toContain('Stalled=True RuleBroken');
    expect(stalled.status?.nextSlots).toBeUndefined();
    expect(stalled.status?.findings?.[0]).toMatchObject({
      code: 'ZB-TIM-001',
      field: 'spec.timed.schedule.cron',
    });
    expect((await centre.run('policy', 'general')).end).toEqual({ kind: 'held' });
    expect((await centre.run('policy', 'important')).status?.phase).toBe('Ready');
    const economy = await centre.run('dataset', 'economy/economy');
    expect(told(economy.status?.conditions)).toContain('Resolved=False PolicyStalled');
  });

  it('tells what is wrong among the other documents, and mends it when they do', async () => {
    const centre = await ProtectedCentre.open();
    centre.remove('store', 'remote');
    const lacking = await centre.run('policy', 'general');
    expect(told(lacking.status?.conditions)).toEqual(['Feasible=Unknown NoLink', 'Ready=False RuleBroken']);
    expect(findCondition(lacking.status?.conditions, 'Ready', 1)?.message).toContain('ZB-TIM-004');
  });

  it('records each generation once, also when it was stopped before the status [S-01]', async () => {
    const centre = await ProtectedCentre.open();
    const { journal } = centre.operator;
    await centre.run('policy', 'general');
    await centre.run('policy', 'general');
    centre.change('policy', 'general', { version: 'lab-2' });
    centre.operator.server.onCall = ({ verb }) => {
      if (verb === 'apply-status') throw new Error('stopped');
    };
    await centre.run('policy', 'general');
    centre.operator.server.onCall = () => undefined;
    await centre.run('policy', 'general');
    expect(
      journal.records.map(({ kind, object, body }) => [kind, object?.generation, body['change']]),
    ).toEqual([
      ['policy-change', 1, 'new'],
      ['policy-change', 2, 'changed'],
    ]);
  });
});
