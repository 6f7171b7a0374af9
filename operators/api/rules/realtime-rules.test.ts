import { describe, expect, it } from 'vitest';
import { judge, remove, set } from './testing/example-site.ts';

const IMPORTANT = 'ProtectionPolicy important';

describe('the real-time leg', () => {
  it('a leg that may degrade, and does not say after how long, is refused [D-01]', () => {
    expect(judge(remove(IMPORTANT, 'spec.realtime.degradeAfter'))).toEqual([
      'error ZB-RTL-001 ProtectionPolicy important, spec.realtime.degradeAfter: missing; durability preferred needs it',
    ]);
  });

  it('a leg that never degrades, and says after how long, is refused', () => {
    expect(judge(set(IMPORTANT, 'spec.realtime.durability', 'required'))).toEqual([
      'error ZB-RTL-001 ProtectionPolicy important, spec.realtime.degradeAfter: durability required never degrades; only preferred does',
    ]);
  });

  it('thresholds of lag that do not rise are refused', () => {
    expect(judge(set(IMPORTANT, 'spec.realtime.lagWarning', '2m'))).toEqual([
      'error ZB-RTL-002 ProtectionPolicy important, spec.realtime: found warning 2m, critical 60s, ceiling 30m; each is at least the one before',
    ]);
  });

  it('a lag ceiling above that of the profile is refused: it is no longer 实时 [D-01]', () => {
    expect(judge(set(IMPORTANT, 'spec.realtime.lagCeiling', '1h'))).toEqual([
      'error ZB-RTL-002 ProtectionPolicy important, spec.realtime.lagCeiling: found 1h; the profile fujian-2023 (proposal) calls real-time what is at most 30m behind',
    ]);
  });
});
