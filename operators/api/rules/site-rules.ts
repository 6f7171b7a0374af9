import { contextOf, statedContext } from '../site/centre-context.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Breach, type Rule } from './rule.ts';

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
  title: 'A context is that of a centre that exists, and of one only, defaults included',
  why: 'A context that is used twice would deploy two centres into one cluster.',
  severity: 'error',
  policyLines: [],
  judges: ['site'],
  consults: ['topology'],
  check: function* ({ site, topology }) {
    const names = topology.spec.centres.map(({ name }) => name);
    // A centre whose context is not written has one all the same.
    const centres = new Set([...Object.keys(site.spec.contexts ?? {}), ...names]);
    const used = new Map<string, string>();
    for (const centre of centres) {
      const stated = statedContext(site, centre) !== undefined;
      const field = ['spec', 'contexts', centre];
      if (stated) yield* refuseUnknown(site, field, centre, { noun: 'centre', names });
      const context = contextOf(site, centre);
      const other = used.get(context);
      if (other === undefined) used.set(context, centre);
      else yield { document: site, ...clash(context, { centre, stated, other }) };
    }
  },
});

/** Told at what is written: a default stands nowhere, so a clash with one is a mistake of the context that is stated. */
function clash(
  context: string,
  { centre, stated, other }: { centre: string; stated: boolean; other: string },
): Omit<Breach, 'document'> {
  return stated
    ? { field: ['spec', 'contexts', centre], message: `${context} is the context of ${other} already` }
    : {
        field: ['spec', 'contexts', other],
        message: `${context} is the context of ${centre} already, for which none is stated`,
        remedy: `use another, or state one for ${centre} too`,
      };
}

/** Rules about the settings of a site. */
export const siteRules: readonly Rule[] = [profiles, contexts];
