import { addQuantities, type DataZone } from '../../api/index.ts';
import type { DataZoneStatus } from '../../api/kinds/data-zone-status.ts';
import { COUNTED, QUOTA } from '../../api/layout/tenant-namespaces.ts';
import { formatInstant } from '../../runtime/instant.ts';
import { objectsIn, type ZoneFacts } from './zone-facts.ts';

/** What the tenants of a zone use of its quota: cores, bytes, bytes, pods. */
export interface Usage {
  readonly cpu: number;
  readonly memory: number;
  readonly storage: number;
  readonly pods: number;
}

/** The sums of what the quotas of the tenants' namespaces count. Undefined while one of them is not there or not counted. */
export function usageOf(zone: DataZone, { quotas }: Pick<ZoneFacts, 'quotas'>): Usage | undefined {
  const used = (zone.spec.tenants ?? []).map(
    ({ name }) => objectsIn(quotas, name).find(({ metadata }) => metadata.name === QUOTA)?.used,
  );
  const sum = (resource: string): number | undefined => {
    const amounts = used.flatMap((counts) => counts?.[resource] ?? []);
    return amounts.length < used.length ? undefined : addReadable(amounts);
  };
  const [cpu, memory, storage, pods] = [
    sum(COUNTED.cpu),
    sum(COUNTED.memory),
    sum(COUNTED.storage),
    sum(COUNTED.pods),
  ];
  if (cpu === undefined || memory === undefined || storage === undefined || pods === undefined)
    return undefined;
  return { cpu, memory, storage, pods };
}

/** Undefined where an amount is written as no people write it: an unknown sum, never one that is too small. */
function addReadable(amounts: readonly string[]): number | undefined {
  try {
    return addQuantities(amounts);
  } catch {
    return undefined;
  }
}

type QuotaUsed = NonNullable<DataZoneStatus['quotaUsed']>;

/** Pods come and go all day; the figures of a status follow them once a minute. */
const REFRESH = 60_000;

/**
 * Usage as a status tells it: the figures that stand, while they are the same or younger than a minute.
 * @returns also after how many milliseconds they are to be looked at again; undefined: they are of now
 */
export function refreshUsage(
  usage: Usage,
  before: QuotaUsed | undefined,
  now: number,
): { readonly quotaUsed: QuotaUsed; readonly again?: number } {
  const figures = {
    cpu: `${Math.round(usage.cpu * 1000)}m`,
    memory: `${Math.round(usage.memory / 1024 ** 2)}Mi`,
    storage: `${Math.round(usage.storage / 1024 ** 2)}Mi`,
    pods: usage.pods,
  };
  const asOf = formatInstant(now);
  if (before === undefined) return { quotaUsed: { ...figures, asOf } };
  const same = Object.entries(figures).every(([name, figure]) => before[name as keyof Usage] === figure); // its own keys
  if (same) return { quotaUsed: before };
  const age = now - Date.parse(before.asOf);
  if (age >= 0 && age < REFRESH) return { quotaUsed: before, again: REFRESH - age };
  return { quotaUsed: { ...figures, asOf } };
}
