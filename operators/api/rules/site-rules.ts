import { refuseUnknown } from './reference.ts';
import { defineRule, type Rule } from './rule.ts';

const profiles = defineRule({
  code: 'ZB-SIT-001',
  title: 'The profile of the topology exists',
  why: 'Without it nothing says what the policy asks for.',
  severity: 'error',
  policyLines: ['T-04'],
  judges: ['topology', 'profileNames'],
  check: ({ topology, profileNames }) =>
    refuseUnknown(topology, ['spec', 'profile'], topology.spec.profile, {
      noun: 'profile',
      names: profileNames,
    }),
});

const contexts = defineRule({
  code: 'ZB-SIT-002',
  title: 'A context is that of a centre that exists, and of one only',
  why: 'A context that is used twice would deploy two centres into one cluster.',
  severity: 'error',
  policyLines: [],
  judges: ['site'],
  consults: ['topology'],
  check: function* ({ site, topology }) {
    const entries = Object.entries(site.spec.contexts ?? {});
    const names = topology.spec.centres.map(({ name }) => name);
    for (const [index, [centre, context]] of entries.entries()) {
      const field = ['spec', 'contexts', centre];
      yield* refuseUnknown(site, field, centre, { noun: 'centre', names });
      const other = entries.slice(0, index).find(([, used]) => used === context);
      if (other === undefined) continue;
      yield { document: site, field, message: `${context} is the context of ${other[0]} already` };
    }
  },
});

/** Rules about the settings of a site. */
export const siteRules: readonly Rule[] = [profiles, contexts];
