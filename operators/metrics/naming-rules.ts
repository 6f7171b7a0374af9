import type { Metric } from './metric.ts';

/** Lower-case words joined by single underscores. */
const SNAKE_CASE = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;

/** Words that say that a figure is not in a base unit. Prometheus and its users reckon in seconds, bytes and ratios. */
const OTHER_UNITS = new Set(
  'ns us ms nanoseconds microseconds milliseconds minutes hours days percent percentage bits kb mb gb kib mib gib'.split(
    ' ',
  ),
);

/** Endings that a unit or a type reserves. */
const UNIT_ENDINGS = ['timestamp_seconds', 'seconds', 'bytes', 'ratio', 'celsius'] as const;

/** Endings of the series that make up a histogram. */
const HISTOGRAM_ENDING = /_(?:count|sum|bucket)$/;

/**
 * Labels that are not a metric's to give: those that Prometheus attaches to whatever it scrapes, those that make up a
 * histogram or summary, and `cluster`, which a federation attaches from outside: a program that says itself where it runs
 * is sooner or later wrong.
 */
const RESERVED_LABELS = new Set(['cluster', 'job', 'instance', 'le', 'quantile']);

/** Everything about a definition that breaks the rules, one clause each. */
export function namingFaults(metric: Metric): string[] {
  return [...nameFaults(metric), ...labelFaults(metric), ...textFaults(metric), ...bucketFaults(metric)];
}

function* nameFaults({ name, type, unit }: Metric): Iterable<string> {
  if (!SNAKE_CASE.test(name)) yield 'the name is not in snake case';
  for (const word of name.split('_')) {
    if (OTHER_UNITS.has(word)) yield `"${word}" is not a base unit: use seconds, bytes or a ratio`;
  }
  if (HISTOGRAM_ENDING.test(name)) yield 'the ending is one of a series of a histogram';
  const stem = name.replace(/_total$/, '');
  if ((type === 'counter') !== (stem !== name)) yield 'counters, and only they, end in _total';
  if (type === 'counter' && unit === 'none') yield 'a counter of things has the unit "total"';
  const ending = UNIT_ENDINGS.find((candidate) => stem.endsWith(`_${candidate}`));
  const stated = UNIT_ENDINGS.find((candidate) => candidate === unit);
  if (ending !== stated) yield `the unit is "${unit}", the name says "${ending ?? 'none'}"`;
  if (unit === 'total' && type !== 'counter') yield 'only a counter has the unit "total"';
}

function* labelFaults({ labels, known = {} }: Metric): Iterable<string> {
  if (new Set(labels).size < labels.length) yield 'a label is named twice';
  for (const label of labels) {
    if (!SNAKE_CASE.test(label)) yield `the label "${label}" is not in snake case`;
    if (RESERVED_LABELS.has(label)) yield `the label "${label}" is not a metric's to give`;
  }
  for (const [label, values = []] of Object.entries(known)) {
    if (!labels.includes(label)) yield `values are known of "${label}", which is no label`;
    if (values.length === 0 || new Set(values).size < values.length)
      yield `the known values of "${label}" are none, or one of them stands twice`;
  }
}

function* textFaults({ help, from }: Metric): Iterable<string> {
  if (!/\p{Script=Han}.*。$/u.test(help.zh)) yield 'the Chinese help is not a Chinese sentence on one line';
  if (!/^[A-Z0-9].*\.$/.test(help.en)) yield 'the English help is not a sentence on one line';
  if (from.trim() === '') yield 'it is not said what the figure is derived from';
}

function* bucketFaults({ type, buckets }: Metric): Iterable<string> {
  if ((type === 'histogram') !== (buckets !== undefined)) yield 'histograms, and only they, have buckets';
  const bounds = buckets ?? [];
  if (bounds.some((bound, index) => !(bound > (bounds[index - 1] ?? 0)) || bound === Infinity))
    yield 'the bounds of the buckets do not rise from above 0 to a finite number';
}
