import type { DataZone } from '../kinds/data-zone.ts';
import type { Dataset } from '../kinds/dataset.ts';
import { DATA_CLASSES, type DataClass, type ProtectionPolicy } from '../kinds/protection-policy.ts';
import { InvalidValueError } from '../values/invalid-value.ts';
import { Schedule } from '../values/schedule.ts';

/** Class by which a dataset is protected: an unclassified one is treated as important. */
export function effectiveClass(dataset: Dataset): DataClass {
  return dataset.spec.class ?? 'important';
}

/** The policy of a class. Two of them are a breach of their own; here the first counts. */
export function policyOf(
  policies: readonly ProtectionPolicy[],
  dataClass: DataClass,
): ProtectionPolicy | undefined {
  return policies.find(({ spec }) => spec.class === dataClass);
}

/** Centres in which a dataset may live: those of its tenant's zone. Undefined for what belongs to no tenant. */
export function homesOf(dataset: Dataset, zones: readonly DataZone[]): readonly string[] | undefined {
  return zones.find(
    ({ spec }) => spec.tenants?.some(({ name }) => name === dataset.metadata.namespace) === true,
  )?.spec.centres;
}

/** The higher of two classes: core, then important, then general. */
export function higherClass(one: DataClass, other: DataClass): DataClass {
  return DATA_CLASSES.indexOf(one) <= DATA_CLASSES.indexOf(other) ? one : other;
}

/** The schedule of the timed leg, or the reason why there is none that can be read. */
export function scheduleOf(policy: ProtectionPolicy): Schedule | InvalidValueError | undefined {
  if (policy.spec.timed === undefined) return undefined;
  try {
    return Schedule.parse(policy.spec.timed.schedule);
  } catch (error) {
    if (error instanceof InvalidValueError) return error;
    throw error;
  }
}

/** A Monday, so that judgements about schedules do not depend on the day on which they are made. */
const REFERENCE_DAY = new Date('2026-01-05T00:00:00Z');

/** Several rules ask for the interval of each policy, and a calendar is slow to walk. */
const intervals = new WeakMap<ProtectionPolicy, number>();

/** Longest time between two runs of the timed leg, in milliseconds; undefined without a schedule that can be read. */
export function longestInterval(policy: ProtectionPolicy): number | undefined {
  const schedule = scheduleOf(policy);
  if (!(schedule instanceof Schedule)) return undefined;
  const interval = intervals.get(policy) ?? schedule.longestInterval(REFERENCE_DAY);
  intervals.set(policy, interval);
  return interval;
}
