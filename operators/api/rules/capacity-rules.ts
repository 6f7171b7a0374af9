import type { Dataset } from '../kinds/dataset.ts';
import type { Link, Topology } from '../kinds/topology.ts';
import { Bandwidth } from '../values/bandwidth.ts';
import { Size } from '../values/size.ts';
import { centresOf } from './locality.ts';
import { effectiveClass, homesOf, longestInterval, policyOf } from './protection-plan.ts';
import { defineRule, type Rule, type SiteFacts } from './rule.ts';

const DAY = 86_400;

/** A dataset on its way to the remote store. */
interface Transfer {
  readonly dataset: Dataset;
  readonly link: Link;
  /** Place of the link in the list of the topology. */
  readonly linkIndex: number;
  /** Seconds between two runs. */
  readonly interval: number;
  /** Seconds of the link, at its usable share, that the changes of one interval take. */
  readonly duration: number;
}

type TransferFacts = Pick<SiteFacts, 'datasets' | 'policies' | 'stores' | 'topology' | 'zones' | 'profile'>;

/** Every dataset with a timed leg whose way from home to its store is known. */
function transfersOf({ datasets, policies, stores, topology, zones, profile }: TransferFacts): Transfer[] {
  const usableShare = profile.spec.links.usableShare.value;
  const intervals = new Map(policies.map((policy) => [policy, longestInterval(policy)]));
  return datasets.flatMap((dataset) => {
    const policy = policyOf(policies, effectiveClass(dataset));
    const milliseconds = policy === undefined ? undefined : intervals.get(policy);
    const store = stores.find(({ metadata }) => metadata.name === policy?.spec.timed?.store);
    const line =
      store === undefined
        ? undefined
        : lineTo(store.spec.centre, designedHomes(homesOf(dataset, zones), topology), topology);
    if (milliseconds === undefined || line === undefined) return [];
    const interval = milliseconds / 1000;
    const changed = Size.parse(dataset.spec.dailyChange).bytes * (interval / DAY);
    const rate = Bandwidth.parse(line.link.bandwidth).bitsPerSecond * usableShare;
    return [{ dataset, ...line, interval, duration: (changed * 8) / rate }];
  });
}

/** Where a dataset lives before any takeover: in production, or in the centres of its own zone. */
function designedHomes(homes: readonly string[] | undefined, topology: Topology): readonly string[] {
  const productions = centresOf(topology, 'production').map(({ centre }) => centre.name);
  if (homes === undefined) return productions;
  const designed = homes.filter((home) => productions.includes(home));
  return designed.length > 0 ? designed : homes;
}

/** The widest link between one of the homes and that centre. */
function lineTo(
  centre: string,
  homes: readonly string[],
  topology: Topology,
): { link: Link; linkIndex: number } | undefined {
  return (topology.spec.links ?? [])
    .map((link, linkIndex) => ({ link, linkIndex }))
    .filter(({ link }) => link.between.includes(centre) && homes.some((home) => link.between.includes(home)))
    .sort((one, other) => bits(other.link) - bits(one.link))[0];
}

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
      const load = sharing.reduce((sum, { duration, interval }) => sum + duration / interval, 0);
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

function bits(link: Link): number {
  return Bandwidth.parse(link.bandwidth).bitsPerSecond;
}

/** Rules about what fits the lines between centres. */
export const capacityRules: readonly Rule[] = [single, together];
