import { refuseUnknown } from './reference.ts';
import { defineRule, type Rule } from './rule.ts';

const centres = defineRule({
  code: 'ZB-STO-001',
  title: 'A store stands in a centre that exists',
  why: 'Its endpoint and its keeper are deployed there.',
  severity: 'error',
  policyLines: ['D-02'],
  judges: ['stores'],
  consults: ['topology'],
  check: function* ({ stores, topology }) {
    const names = topology.spec.centres.map(({ name }) => name);
    for (const store of stores) {
      yield* refuseUnknown(store, ['spec', 'centre'], store.spec.centre, { noun: 'centre', names });
    }
  },
});

/** Rules about stores of backups. */
export const storeRules: readonly Rule[] = [centres];
