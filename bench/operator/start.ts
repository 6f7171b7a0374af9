import { withOpened } from '../opened.ts';
import { until } from '../until.ts';
import { MeasuredOperator, type MeasuredOperatorOptions } from './measured-operator.ts';

/** How the operator starts. */
export interface StartMeasured {
  /** Seconds from the start of the process to its first line. */
  readonly firstLine: number;
  /** Seconds from the start of the process until health is served. */
  readonly listening: number;
  /** CPU time until then, in seconds, in all threads. */
  readonly startCpu: number;
  /** Memory while it waits for what it is to read, in MiB. */
  readonly memoryBeforeSync: number;
}

/** Often enough to be right to a hundredth of a second. */
const LOOK_EVERY = 5;

/** Starts the operator on an API server whose site is not deployed yet: all that it does is to wait for it. */
export function measureStart(options: MeasuredOperatorOptions): Promise<StartMeasured> {
  return withOpened(async (keep) => follow(keep(await MeasuredOperator.start(options))));
}

async function follow(operator: MeasuredOperator): Promise<StartMeasured> {
  const begun = performance.now();
  const since = (): number => (performance.now() - begun) / 1_000;
  await until('it has begun', () => operator.says('starting'), 10, LOOK_EVERY);
  const firstLine = since();
  await until('it listens', () => operator.listens(), 10, LOOK_EVERY);
  const listening = since();
  const startCpu = operator.usage().cpuSeconds;
  await operator.untilItSays('waiting for a Topology in this cluster');
  const memoryBeforeSync = operator.usage().memory;
  await operator.stop();
  return { firstLine, listening, startCpu, memoryBeforeSync };
}
