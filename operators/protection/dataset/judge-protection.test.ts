import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProtectionPolicy } from '../../api/index.ts';
import type { Verdict } from '../facts/verdict.ts';
import { labSite } from '../testing/lab-site.ts';
import { judgeProtection } from './judge-protection.ts';
import type { Resolution } from './resolve-dataset.ts';

const { policies } = await labSite();

function policyOf(dataClass: 'important' | 'general'): ProtectionPolicy {
  const policy = policies.find(({ spec }) => spec.class === dataClass);
  if (policy === undefined) throw new Error(`the lab has no policy for ${dataClass} data`);
  return policy;
}

function resolved(dataClass: 'important' | 'general', rest: Partial<Resolution> = {}): Resolution {
  const verdict: Verdict = { status: 'True', reason: 'Resolved', message: '' };
  return { effectiveClass: dataClass, policy: policyOf(dataClass), requirements: [], verdict, ...rest };
}

const runs: Verdict = { status: 'True', reason: 'Streaming', message: '1 s behind.' };
const broken: Verdict = { status: 'False', reason: 'NotRunning', message: 'Nothing runs.' };
const unknown: Verdict = { status: 'Unknown', reason: 'PeerSilent', message: 'Nothing was heard.' };

describe('a dataset', () => {
  it.each<[string, Resolution, Verdict, Verdict, string, string]>([
    ['both legs run', resolved('important'), runs, runs, 'Protected', 'True LegsRun'],
    ['one leg does not run', resolved('important'), runs, broken, 'Partial', 'False NotRunning'],
    ['neither runs', resolved('important'), broken, broken, 'Unprotected', 'False NotRunning'],
    ['nothing is known of one leg', resolved('important'), runs, unknown, 'Unknown', 'Unknown LegUnknown'],
    [
      'one is unknown, the other broken',
      resolved('important'),
      unknown,
      broken,
      'Unprotected',
      'False NotRunning',
    ],
    ['the only leg of its policy runs', resolved('general'), broken, runs, 'Protected', 'True LegsRun'],
  ])('%s: it is told so', (_title, resolution, realtime, timed, phase, whole) => {
    const told = judgeProtection(resolution, false, { realtime, timed });
    expect(told.phase).toBe(phase);
    expect(`${told.protected.status} ${told.protected.reason}`).toBe(whole);
  });

  it('has no real-time leg where its policy has none, whatever is said of it', () => {
    const told = judgeProtection(resolved('general'), false, { realtime: runs, timed: runs });
    expect(told.realtime).toMatchObject({ status: 'False', reason: 'NotInPolicy' });
  });

  it('is weaker than required where something asked for has no answer, though its legs run [S-06]', () => {
    const requirements = [
      { measure: 'remote-realtime', askedBy: ['等保 level 3, 8.1.4.9 b)'], answeredBy: 'nothing' },
      { measure: 'hot-redundancy', askedBy: ['等保 level 3, 8.1.4.9 c)'], answeredBy: 'attestation' },
    ] as const;
    const told = judgeProtection(
      resolved('important', {
        requirements: requirements.map((one) => ({ ...one, askedBy: [...one.askedBy] })),
      }),
      false,
      { realtime: runs, timed: runs },
    );
    expect(told).toMatchObject({
      phase: 'Partial',
      protected: { status: 'False', reason: 'WeakerThanRequired' },
    });
    expect(told.protected.message).toContain('等保 level 3, 8.1.4.9 b): a real-time copy off site');
    expect(told.protected.message).not.toContain('热冗余');
  });

  it('is not covered while it is suspended, even if copies still run', () => {
    const told = judgeProtection(resolved('important'), true, { realtime: runs, timed: runs });
    expect(told.phase).toBe('Suspended');
    for (const verdict of [told.realtime, told.timed, told.protected])
      expect(verdict).toMatchObject({ status: 'False', reason: 'Suspended' });
  });

  it('of which the legs are not resolved is not protected, for that reason', () => {
    const verdict: Verdict = { status: 'False', reason: 'NoPolicy', message: 'There is no policy.' };
    const told = judgeProtection(resolved('important', { policy: undefined, verdict }), false, {
      realtime: runs,
      timed: runs,
    });
    expect(told).toMatchObject({ phase: 'Unresolved', protected: verdict });
    expect(told.realtime).toMatchObject({ status: 'Unknown', reason: 'NotResolved' });
  });

  it('is protected only if every leg of its policy is shown to run, and nothing is left unanswered', () => {
    const verdicts = fc.constantFrom(runs, broken, unknown);
    const answers = fc.constantFrom('realtime', 'timed', 'attestation', 'nothing');
    fc.assert(
      fc.property(
        fc.constantFrom('important', 'general'),
        fc.boolean(),
        verdicts,
        verdicts,
        fc.array(answers, { maxLength: 3 }),
        (dataClass, suspended, realtime, timed, answered) => {
          const requirements = answered.map((answeredBy) => ({
            measure: 'local-copy' as const,
            askedBy: ['somebody'],
            answeredBy,
          }));
          const resolution = resolved(dataClass, { requirements });
          const told = judgeProtection(resolution, suspended, { realtime, timed });
          const legs = dataClass === 'general' ? [timed] : [realtime, timed];
          const expected =
            !suspended && legs.every(({ status }) => status === 'True') && !answered.includes('nothing');
          expect(told.protected.status === 'True').toBe(expected);
          expect(told.phase === 'Protected').toBe(expected);
        },
      ),
    );
  });
});
