import { apiRequests, queueDepth, reconciles } from '../../operators/metrics/catalogue/runtime.ts';
import { PAGE_MAX_AGE } from '../../operators/metrics/metrics-page.ts';
import { until } from '../until.ts';
import type { JudgedObjects } from './judged-objects.ts';
import type { MeasuredOperator } from './measured-operator.ts';

/** Seconds within which a pass over all objects is over, on however slow a machine. */
const PASS_WITHIN = 300;

/** Milliseconds after which a page that was read is surely another one. */
const NEXT_PAGE = PAGE_MAX_AGE + 200;

/** Waits until every dataset and placement has its first status. @returns seconds from now, and CPU seconds of the operator until then */
export async function measureFirstPass(
  operator: MeasuredOperator,
  judged: JudgedObjects,
  count: number,
): Promise<{ readonly firstPass: number; readonly firstPassCpu: number }> {
  const begun = performance.now();
  await judged.untilJudged(count, PASS_WITHIN);
  return { firstPass: (performance.now() - begun) / 1_000, firstPassCpu: operator.usage().cpuSeconds };
}

/**
 * Runs of controllers that find nothing to do, a second of the operator's CPU time: a run waits for nothing, so more of them
 * fit into no second. What else the process does meanwhile is counted as theirs.
 * @param touch changes something that every dataset has to be looked at for, and that changes none
 */
export async function measureIdleRuns(
  operator: MeasuredOperator,
  count: number,
  touch: () => Promise<void>,
): Promise<{ readonly idleRuns: number }> {
  await untilQuiet(operator);
  const before = (await operator.metrics()).sum(reconciles);
  const cpuBefore = operator.usage().cpuSeconds;
  await touch();
  let runs = 0;
  await until(
    'all datasets have been looked at',
    async () => {
      const page = await operator.metrics();
      runs = page.sum(reconciles) - before;
      return runs >= count && page.sum(queueDepth) === 0;
    },
    PASS_WITHIN,
    500,
  );
  return { idleRuns: runs / (operator.usage().cpuSeconds - cpuBefore) };
}

/** Waits until nothing is due, and nothing was written between two pages. */
export async function untilQuiet(operator: MeasuredOperator): Promise<void> {
  let before = NaN;
  await until(
    'the operator is at rest',
    async () => {
      const page = await operator.metrics();
      const writes =
        page.sum(apiRequests, { verb: 'create' }) + page.sum(apiRequests, { verb: 'apply-status' });
      const quiet = writes === before && page.sum(queueDepth) === 0;
      before = writes;
      return quiet;
    },
    PASS_WITHIN,
    NEXT_PAGE,
  );
}
