import { isCalendarDay } from '../values/time.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Rule } from './rule.ts';

const parties = defineRule({
  code: 'ZB-EXG-001',
  title: 'A grant is between two tenants of the zone',
  why: 'Grants are the only paths between tenants: one to a name that is misspelt opens nothing, or the wrong thing later.',
  severity: 'error',
  policyLines: ['T-06'],
  judges: ['zones'],
  check: function* ({ zones }) {
    for (const zone of zones) {
      const known = { noun: 'tenant', names: (zone.spec.tenants ?? []).map(({ name }) => name) };
      for (const [index, { from, to }] of (zone.spec.exchangeGrants ?? []).entries()) {
        const field = ['spec', 'exchangeGrants', index];
        yield* refuseUnknown(zone, [...field, 'from', 'tenant'], from.tenant, known);
        yield* refuseUnknown(zone, [...field, 'to', 'tenant'], to.tenant, known);
        if (from.tenant !== to.tenant) continue;
        const message = `grants ${from.tenant} what it has: a tenant reaches its own pods without a grant`;
        yield { document: zone, field: [...field, 'to', 'tenant'], message };
      }
    }
  },
});

const expired = defineRule({
  code: 'ZB-EXG-002',
  title: 'No grant has expired',
  why: 'A path that was opened for a time is closed when the time is over, not when somebody remembers.',
  severity: 'error',
  policyLines: ['T-06'],
  judges: ['zones', 'now'],
  check: function* ({ zones, now }) {
    for (const zone of zones) {
      for (const [index, { name, until }] of (zone.spec.exchangeGrants ?? []).entries()) {
        // The last day counts until it is over everywhere in China.
        if (until === undefined || !isCalendarDay(until)) continue;
        if (now.getTime() < Date.parse(`${until}T24:00:00+08:00`)) continue;
        const message = `${name} was granted until ${until}, which is over`;
        const remedy = 'remove the grant, or have it approved again with a new day';
        yield { document: zone, field: ['spec', 'exchangeGrants', index, 'until'], message, remedy };
      }
    }
  },
});

/** Rules about the exchanges granted between tenants. */
export const exchangeRules: readonly Rule[] = [parties, expired];
