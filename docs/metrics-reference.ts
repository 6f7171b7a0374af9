import { METRIC_AREAS, PAGE_MAX_AGE, type Metric, type MetricArea } from '../operators/metrics/index.ts';
import { generatedFrom, table } from './markdown.ts';
import type { Page } from './page.ts';

/** The page of every metric that an operator serves. */
export function metricsPages(): Page[] {
  const text = [
    '# Metrics',
    generatedFrom('operators/metrics/catalogue'),
    '',
    `Every operator serves these on \`/metrics\`, in the text format of Prometheus. The page is at most ${PAGE_MAX_AGE / 1_000} seconds old.`,
    '',
    '- **Units** are seconds, bytes and ratios, and stand at the end of the name; counters end in `_total`.',
    '- **Times, not ages**: an age is `time() - …_timestamp_seconds`, so that it goes on growing when whoever measures has stopped. What never happened has no series.',
    '- **Unknown is absent**, never 0 or the last value: alert on `absent()` and on `zaibei_metrics_failures_total`, which says which metric could not be told.',
    '- **A state** is one series per state, 1 for the present one and 0 for the others, and none is ever missing.',
    '- **No label says where the operator runs**: whoever scrapes several centres attaches that (`cluster`, `instance`).',
    '- **A series goes with its object.** Counters start at 0 when the operator starts.',
    '',
    'Values that are known beforehand stand behind the label; their series exist from the start. Others come with what there is.',
    ...METRIC_AREAS.filter(({ metrics }) => metrics.length > 0).flatMap(section),
    '',
  ].join('\n');
  return [{ path: 'docs/reference/metrics.md', text }];
}

function section({ title, metrics }: MetricArea): string[] {
  const head = ['Metric', 'Type', 'Labels', 'What it tells', 'Derived from'];
  const inOrder = metrics.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return ['', `## ${title}`, '', ...table(head, inOrder.map(row))];
}

function row(metric: Metric): string[] {
  const { name, labels, known = {} } = metric;
  return [
    `\`${name}\``,
    typeAndUnit(metric),
    labels.map((label) => describeLabel(label, known[label])).join('<br>'),
    `${metric.help.en}<br>${metric.help.zh}`,
    metric.from,
  ];
}

/** Units that need a word besides the name: a time is counted in seconds from 1970. */
function typeAndUnit({ type, unit }: Metric): string {
  if (unit === 'none' || unit === 'total') return type;
  return `${type}, ${unit === 'timestamp_seconds' ? 'seconds since 1970' : unit}`;
}

function describeLabel(label: string, known: readonly string[] | undefined): string {
  if (known === undefined) return `\`${label}\``;
  return `\`${label}\`: ${known.map((value) => `\`${value}\``).join(', ')}`;
}
