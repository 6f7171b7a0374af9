import type { Dataset } from '../kinds/dataset.ts';
import type { Link, Topology } from '../kinds/topology.ts';
import { Bandwidth } from '../values/bandwidth.ts';
import { Size } from '../values/size.ts';
import { centresOf } from './locality.ts';
import { effectiveClass, homesOf, longestInterval, policyOf } from './protection-plan.ts';
import type { SiteFacts } from './rule.ts';

const DAY = 86_400;

/** A dataset on its way to the remote store. */
export interface Transfer {
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
export function transfersOf({
  datasets,
  policies,
  stores,
  topology,
  zones,
  profile,
}: TransferFacts): Transfer[] {
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

/** Share of a link that transfers take together, at its usable share: above 1 they fall behind for ever. */
export function loadOf(sharing: readonly Transfer[]): number {
  return sharing.reduce((sum, { duration, interval }) => sum + duration / interval, 0);
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

function bits(link: Link): number {
  return Bandwidth.parse(link.bandwidth).bitsPerSecond;
}
