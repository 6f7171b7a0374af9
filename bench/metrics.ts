import { Gauge, Registry } from 'prom-client';
import type { Progress } from '../lab/progress.ts';
import { defineMetric, MetricRegistry, type Metric, type Sample } from '../operators/metrics/index.ts';
import { type Figure, spread } from './result.ts';
import { threadSeconds } from './thread-seconds.ts';

const METRICS = 20;
const SERIES_OF_EACH = 1_000;
const SERIES = METRICS * SERIES_OF_EACH;

/** Renderings before the first that counts, in which the code becomes fast, and renderings of a round. */
const WARM_UP = 10;
const RENDERINGS = 10;

const LABELS = ['namespace', 'dataset', 'centre', 'class'] as const;

/**
 * The metrics page at its budget of 20 000 series, and the same series kept and written by prom-client alone. In CPU time
 * of the main thread, which other programs on the machine do not lengthen.
 */
export async function benchMetrics(rounds: number, progress: Progress): Promise<readonly Figure[]> {
  const catalogue = Array.from({ length: METRICS }, (_, index) => exampleMetric(index));
  const registry = new MetricRegistry({ catalogue });
  const plain = new Registry();
  for (const metric of catalogue) {
    registry.derived(metric, exampleSamples);
    const gauge = new Gauge({
      name: metric.name,
      help: metric.help.en,
      labelNames: LABELS,
      registers: [plain],
    });
    for (const { labels, value } of exampleSamples()) gauge.set(labels, value);
  }
  const byUs = (): Promise<unknown> => registry.render();
  const byThem = (): Promise<unknown> => plain.metrics();
  await measureSeveral(WARM_UP, byUs);
  await measureSeveral(WARM_UP, byThem);
  const ours: Rendering[] = [];
  const theirs: Rendering[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress.say('bench', `round ${round} of ${rounds}`);
    ours.push(...(await measureSeveral(RENDERINGS, byUs)));
    theirs.push(...(await measureSeveral(RENDERINGS, byThem)));
  }
  const total = ({ total: milliseconds }: Rendering): number => milliseconds;
  const longest = ({ longest: milliseconds }: Rendering): number => milliseconds;
  return [
    { name: `a page of ${SERIES} series`, unit: 'ms', value: spread(ours.map(total)), budget: 50 },
    { name: '  longest turn of the event loop', unit: 'ms', value: spread(ours.map(longest)) },
    { name: '  the same by prom-client', unit: 'ms', value: spread(theirs.map(total)) },
    { name: '  its longest turn', unit: 'ms', value: spread(theirs.map(longest)) },
  ];
}

function exampleMetric(index: number): Metric<(typeof LABELS)[number]> {
  return defineMetric({
    name: `zaibei_example_${index}_timestamp_seconds`,
    type: 'gauge',
    unit: 'timestamp_seconds',
    labels: LABELS,
    help: { zh: '示例。', en: 'An example.' },
    from: 'the benchmark',
  });
}

function exampleSamples(): Sample<(typeof LABELS)[number]>[] {
  return Array.from({ length: SERIES_OF_EACH }, (_, index) => ({
    labels: {
      namespace: `tenant-${index % 40}`,
      dataset: `dataset-${index}`,
      centre: 'fuzhou',
      class: 'important',
    },
    value: 1_795_384_251.79 + index,
  }));
}

/** Main-thread CPU time of a rendering, in milliseconds: all of it, and of its longest turn of the event loop. */
interface Rendering {
  readonly total: number;
  readonly longest: number;
}

async function measureSeveral(count: number, render: () => Promise<unknown>): Promise<Rendering[]> {
  const renderings: Rendering[] = [];
  while (renderings.length < count) renderings.push(await measure(render));
  return renderings;
}

async function measure(render: () => Promise<unknown>): Promise<Rendering> {
  const started = threadMilliseconds();
  let rendering = true;
  let last = started;
  let longest = 0;
  const endTurn = (): void => {
    const now = threadMilliseconds();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const endTurns = (): void => {
    if (!rendering) return;
    endTurn();
    setImmediate(endTurns);
  };
  setImmediate(endTurns);
  await render();
  rendering = false;
  endTurn();
  return { total: last - started, longest };
}

function threadMilliseconds(): number {
  return threadSeconds() * 1_000;
}
