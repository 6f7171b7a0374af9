import { setTimeout as pause } from 'node:timers/promises';
import { apiRequests } from '../../operators/metrics/catalogue/runtime.ts';
import type { Verb } from '../../operators/runtime/errors/api-error.ts';
import type { MeasuredOperator } from './measured-operator.ts';

/** Every way to call an API server. */
export const VERBS = [
  'watch',
  'list',
  'get',
  'replace',
  'read',
  'apply-status',
  'apply',
  'create',
  'delete',
] as const satisfies readonly Verb[];

/** How long an operator at rest is looked at, in milliseconds. */
const WINDOW = 60_000;

/** What an operator takes that has nothing to do. */
export interface RestMeasured {
  /** In MiB. */
  readonly memory: number;
  /** Percent of one core. */
  readonly processor: number;
  /** Of all API servers, a minute. */
  readonly calls: Readonly<Record<Verb, number>>;
  readonly series: number;
}

/** Looks at an operator that is at rest for a minute. */
export async function measureRest(operator: MeasuredOperator): Promise<RestMeasured> {
  const before = await operator.metrics();
  const begun = performance.now();
  const cpuBefore = operator.usage().cpuSeconds;
  await pause(WINDOW);
  const seconds = (performance.now() - begun) / 1_000;
  const processor = ((operator.usage().cpuSeconds - cpuBefore) / seconds) * 100;
  const memory = operator.usage().memory;
  const after = await operator.metrics();
  const calls = Object.fromEntries(
    VERBS.map((verb) => {
      const count = after.sum(apiRequests, { verb }) - before.sum(apiRequests, { verb });
      return [verb, (count / seconds) * 60];
    }),
  ) as RestMeasured['calls']; // each verb is in VERBS
  return { memory, processor, calls, series: after.size };
}
