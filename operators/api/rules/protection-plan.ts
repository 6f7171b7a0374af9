import type { DataZone } from '../kinds/data-zone.ts';
import type { Dataset } from '../kinds/dataset.ts';
import { DATA_CLASSES, type DataClass, type ProtectionPolicy } from '../kinds/protection-policy.ts';
import { InvalidValueError } from '../values/invalid-value.ts';
import { Schedule, type ScheduleSpec } from '../values/schedule.ts';

/** Class by which a dataset is protected: an unclassified one is treated as important. */
export function effectiveClass({ spec }: Pick<Dataset, 'spec'>): DataClass {
  return spec.class ?? 'important';
}

/** The policy of a class. Two of them are a breach of their own; here the first counts. */
export function policyOf(
  policies: readonly ProtectionPolicy[],
  dataClass: DataClass,
): ProtectionPolicy | undefined {
  return policies.find(({ spec }) => spec.class === dataClass);
}

/** The zone of a dataset's tenant. Undefined for what belongs to no tenant. */
export function zoneOf(dataset: Dataset, zones: readonly DataZone[]): DataZone | undefined {
  return zones.find(
    ({ spec }) => spec.tenants?.some(({ name }) => name === dataset.metadata.namespace) === true,
  );
}

/** Centres in which a dataset may live: those of its tenant's zone. Undefined for what belongs to no tenant. */
export function homesOf(dataset: Dataset, zones: readonly DataZone[]): readonly string[] | undefined {
  return zoneOf(dataset, zones)?.spec.centres;
}

/** The higher of two classes: core, then important, then general. */
export function higherClass(one: DataClass, other: DataClass): DataClass {
  return DATA_CLASSES.indexOf(one) <= DATA_CLASSES.indexOf(other) ? one : other;
}

/** A schedule as read, with the longest time between two of its instants in milliseconds; or why it cannot be read. */
type ReadSchedule = { readonly interval: number } | { readonly refusal: InvalidValueError };

/** Walking a calendar is slow, several rules ask, and most policies of a site have the same few schedules. */
const schedules = new Map<string, ReadSchedule>();

/** A Monday, so that judgements about schedules do not depend on the day on which they are made. */
const REFERENCE_DAY = new Date('2026-01-05T00:00:00Z');

/** The schedule of the timed leg, as far as it can be read; undefined without a timed leg. */
export function readSchedule({ spec }: ProtectionPolicy): ReadSchedule | undefined {
  if (spec.timed === undefined) return undefined;
  const { cron, timeZone } = spec.timed.schedule;
  const key = `${cron} ${timeZone}`;
  const read = schedules.get(key) ?? parseSchedule(spec.timed.schedule);
  schedules.set(key, read);
  return read;
}

/** Longest time between two runs of the timed leg, in milliseconds; undefined without a schedule that can be read. */
export function longestInterval(policy: ProtectionPolicy): number | undefined {
  const read = readSchedule(policy);
  return read !== undefined && 'interval' in read ? read.interval : undefined;
}

function parseSchedule(spec: ScheduleSpec): ReadSchedule {
  try {
    return { interval: Schedule.parse(spec).longestInterval(REFERENCE_DAY) };
  } catch (error) {
    if (error instanceof InvalidValueError) return { refusal: error };
    throw error;
  }
}
