import { defineRule, type Rule } from './rule.ts';
import { loadOf, transfersOf } from './transfers.ts';

const DAY = 86_400;

const single = defineRule({
  code: 'ZB-CAP-001',
  title: 'The changes of one interval reach the remote store within the interval',
  why: 'A leg that needs longer than its interval falls behind for ever: 100 TB of daily change take 32 h on 10 Gbit/s.',
  severity: 'error',
  policyLines: ['D-02'],
  judges: ['datasets', 'profile'],
  consults: ['policies', 'stores', 'topology', 'zones'],
  check: function* (facts) {
    const { value: share } = facts.profile.spec.links.usableShare;
    for (const transfer of transfersOf(facts)) {
      const { dataset, link, interval, duration } = transfer;
      if (duration <= interval) continue;
      yield {
        document: dataset,
        field: ['spec', 'dailyChange'],
        message: `found ${dataset.spec.dailyChange} a day; the changes of ${tell(interval)} take ${tell(duration)} over ${link.name} (${link.bandwidth} × ${share})`,
        remedy: 'widen the link, or split the dataset',
      };
    }
  },
});

const together = defineRule({
  code: 'ZB-CAP-002',
  title: 'The changes of all datasets together fit the link that they share',
  why: 'Each fits alone, and all of them at night do not.',
  severity: 'error',
  policyLines: ['D-02'],
  judges: ['topology', 'profile'],
  consults: ['datasets', 'policies', 'stores', 'zones'],
  check: function* ({ topology, profile, ...rest }) {
    const { value: share } = profile.spec.links.usableShare;
    const transfers = transfersOf({ topology, profile, ...rest });
    for (const [index, link] of (topology.spec.links ?? []).entries()) {
      const sharing = transfers.filter(({ linkIndex }) => linkIndex === index);
      const load = loadOf(sharing);
      // One dataset that is too large alone is told by the rule before.
      if (load <= 1 || sharing.length < 2 || sharing.some(({ duration, interval }) => duration > interval))
        continue;
      yield {
        document: topology,
        field: ['spec', 'links', index, 'bandwidth'],
        message: `found ${link.bandwidth}; the changes of ${sharing.length} datasets take ${tell(load * DAY)} of every day at ${share} of it`,
        remedy: 'widen the link, or spread the datasets over several',
      };
    }
  },
});

/** `31.7 h`, `12.0 min`, `3.2 s`. */
function tell(seconds: number): string {
  if (seconds >= 2 * DAY) return `${(seconds / DAY).toFixed(1)} days`;
  if (seconds >= 7200) return `${(seconds / 3600).toFixed(1)} h`;
  return seconds >= 120 ? `${(seconds / 60).toFixed(1)} min` : `${seconds.toFixed(1)} s`;
}

/** Rules about what fits the lines between centres. */
export const capacityRules: readonly Rule[] = [single, together];
