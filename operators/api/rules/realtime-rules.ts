import { Duration } from '../values/duration.ts';
import { defineRule, type Rule } from './rule.ts';

const degrading = defineRule({
  code: 'ZB-RTL-001',
  title: 'A policy that may degrade says after how long, and no other does',
  why: '`preferred` without degradeAfter would never degrade; `required` and `async` never do.',
  severity: 'error',
  policyLines: ['D-01'],
  judges: ['policies'],
  check: function* ({ policies }) {
    for (const policy of policies) {
      const { realtime } = policy.spec;
      if (realtime === undefined) continue;
      const field = ['spec', 'realtime', 'degradeAfter'];
      if (realtime.durability === 'preferred' && realtime.degradeAfter === undefined) {
        const message = 'missing; durability preferred needs it';
        yield {
          document: policy,
          field,
          message,
          remedy: 'add degradeAfter: 30s, or use durability required',
        };
      }
      if (realtime.durability !== 'preferred' && realtime.degradeAfter !== undefined) {
        const message = `durability ${realtime.durability} never degrades; only preferred does`;
        yield { document: policy, field, message, remedy: 'remove degradeAfter' };
      }
    }
  },
});

const lag = defineRule({
  code: 'ZB-RTL-002',
  title: 'Thresholds of lag rise from warning to critical to ceiling, which is not above that of the profile',
  why: 'Beyond the ceiling a leg may no longer be called 实时.',
  severity: 'error',
  policyLines: ['D-01'],
  judges: ['policies', 'profile'],
  check: function* ({ policies, profile }) {
    const { lagCeiling: allowed } = profile.spec.realtime;
    for (const policy of policies) {
      const { realtime } = policy.spec;
      if (realtime === undefined) continue;
      const { lagWarning, lagCritical, lagCeiling } = realtime;
      const [warning, critical, ceiling] = [lagWarning, lagCritical, lagCeiling].map(milliseconds);
      if ((warning ?? 0) > (critical ?? 0) || (critical ?? 0) > (ceiling ?? 0)) {
        const message = `found warning ${lagWarning}, critical ${lagCritical}, ceiling ${lagCeiling}; each is at least the one before`;
        yield { document: policy, field: ['spec', 'realtime'], message };
      }
      if ((ceiling ?? 0) <= milliseconds(allowed.value)) continue;
      const message = `found ${lagCeiling}; the profile ${profile.metadata.name} (${allowed.status}) calls real-time what is at most ${allowed.value} behind`;
      yield { document: policy, field: ['spec', 'realtime', 'lagCeiling'], message };
    }
  },
});

function milliseconds(duration: string): number {
  return Duration.parse(duration).milliseconds;
}

/** Rules about the real-time leg of a policy (实时). */
export const realtimeRules: readonly Rule[] = [degrading, lag];
