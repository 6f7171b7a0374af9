import { describe, expect, it } from 'vitest';
import type { Verdict } from '../facts/verdict.ts';
import { ProtectedCentre } from '../testing/protected-centre.ts';
import { told } from '../testing/told-conditions.ts';
import type { Legs } from './leg-evidence.ts';

function evidence(realtime: Verdict, timed: Verdict): Legs {
  return {
    realtime: { judge: () => realtime, triggers: [] },
    timed: { judge: () => timed, triggers: [] },
  };
}

describe('the controller of datasets', () => {
  it.each([
    ['population/population', 'important', ['NotRunning', 'NoRecoveryPoint']],
    ['economy/economy', 'general', ['NotInPolicy', 'NoRecoveryPoint']],
    ['licences/licences', 'important', ['NotRunning', 'NoRecoveryPoint']],
    ['zaibei-system/zone-state', 'important', ['NotRunning', 'NoRecoveryPoint']],
  ])('tells of %s that nothing runs, and never that it is protected', async (key, policy, reasons) => {
    const centre = await ProtectedCentre.open();
    const { status } = await centre.run('dataset', key);
    expect(status).toMatchObject({ policy, effectiveClass: policy, phase: 'Unprotected' });
    expect(status?.findings).toBeUndefined();
    expect(told(status?.conditions)).toEqual([
      `Protected=False ${reasons.find((reason) => reason !== 'NotInPolicy') ?? ''}`,
      `Realtime=False ${reasons[0] ?? ''}`,
      'Resolved=True Resolved',
      `Timed=False ${reasons[1] ?? ''}`,
    ]);
  });

  it('protects an unclassified dataset as important, and tells that it is not classified [D-07]', async () => {
    const centre = await ProtectedCentre.open();
    centre.change('dataset', 'economy/economy', { class: undefined });
    const { status } = await centre.run('dataset', 'economy/economy');
    expect(status).toMatchObject({ effectiveClass: 'important', policy: 'important' });
    expect(status?.findings).toEqual([
      expect.objectContaining({ code: 'ZB-DST-002', severity: 'warning', field: 'spec.class' }),
    ]);
  });

  it('says of objects in buckets that there is no engine', async () => {
    const centre = await ProtectedCentre.open();
    const endpoint = { everywhere: { host: 'store.example', port: 443 } };
    centre.change('dataset', 'licences/licences', {
      files: undefined,
      objects: { endpoint, bucket: 'scans' },
    });
    const { status } = await centre.run('dataset', 'licences/licences');
    expect(told(status?.conditions)).toEqual([
      'Protected=False EngineMissing',
      'Realtime=False EngineMissing',
      'Resolved=True Resolved',
      'Timed=False EngineMissing',
    ]);
  });

  it('shows a suspended dataset as not covered', async () => {
    const runs: Verdict = { status: 'True', reason: 'Runs', message: 'It runs.' };
    const centre = await ProtectedCentre.open({}, evidence(runs, runs));
    centre.change('dataset', 'economy/economy', { suspend: true });
    const { status } = await centre.run('dataset', 'economy/economy');
    expect(status?.phase).toBe('Suspended');
    expect(told(status?.conditions)).toContain('Protected=False Suspended');
  });

  it('tells of a protected one by the evidence of whoever runs the legs', async () => {
    const runs: Verdict = { status: 'True', reason: 'Runs', message: 'It runs.' };
    const centre = await ProtectedCentre.open({}, evidence(runs, runs));
    const { status } = await centre.run('dataset', 'population/population');
    expect(status?.phase).toBe('Protected');
  });

  it('says why what it needs is not resolved', async () => {
    const centre = await ProtectedCentre.open();
    centre.remove('policy', 'general');
    centre.remove('zone', 'province');
    const [economy, population] = [
      await centre.run('dataset', 'economy/economy'),
      await centre.run('dataset', 'population/population'),
    ];
    expect(told(economy.status?.conditions)).toContain('Resolved=False NoPolicy');
    expect(told(population.status?.conditions)).toContain('Resolved=False NoZone');
    expect(population.status?.requirements).toHaveLength(3);
  });

  it('writes nothing when nothing has changed', async () => {
    const centre = await ProtectedCentre.open();
    await centre.run('dataset', 'population/population');
    const calls: string[] = [];
    centre.operator.server.onCall = ({ verb }) => {
      if (verb !== 'get') calls.push(verb);
    };
    centre.operator.clock.advance(60_000);
    await centre.run('dataset', 'population/population');
    expect(calls).toEqual([]);
  });
});
