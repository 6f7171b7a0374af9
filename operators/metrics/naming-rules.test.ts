import { describe, expect, it } from 'vitest';

import type { Metric } from './metric.ts';
import { namingFaults } from './naming-rules.ts';

const counter: Metric = {
  name: 'zaibei_examples_total',
  type: 'counter',
  unit: 'total',
  labels: ['outcome'],
  known: { outcome: ['ok', 'failed'] },
  help: { zh: '示例的次数。', en: 'Number of examples.' },
  from: 'each example',
};
const gauge: Metric = { ...counter, name: 'zaibei_example', type: 'gauge', unit: 'none' };
const histogram: Metric = {
  ...counter,
  name: 'zaibei_example_duration_seconds',
  type: 'histogram',
  unit: 'seconds',
  buckets: [0.1, 1],
};

describe('the naming rules', () => {
  it.each<Metric>([
    counter,
    gauge,
    histogram,
    { ...counter, name: 'zaibei_example_cpu_seconds_total', unit: 'seconds' },
    { ...gauge, name: 'zaibei_example_timestamp_seconds', unit: 'timestamp_seconds' },
    { ...gauge, name: 'zaibei_example_free_ratio', unit: 'ratio' },
    { ...gauge, name: 'zaibei_example_info', unit: 'none' },
  ])('let $name pass', (metric) => {
    expect(namingFaults(metric)).toEqual([]);
  });

  it.each<[string, Metric]>([
    ['is not in snake case', { ...gauge, name: 'zaibei_Example' }],
    ['is not in snake case', { ...gauge, name: 'zaibei_example__twice' }],
    ['"milliseconds" is not a base unit', { ...gauge, name: 'zaibei_example_milliseconds' }],
    ['"percent" is not a base unit', { ...gauge, name: 'zaibei_example_percent' }],
    ['one of a series of a histogram', { ...gauge, name: 'zaibei_example_count' }],
    ['only they, end in _total', { ...counter, name: 'zaibei_examples' }],
    ['only they, end in _total', { ...gauge, name: 'zaibei_example_total' }],
    ['has the unit "total"', { ...counter, unit: 'none' }],
    ['only a counter has the unit "total"', { ...gauge, unit: 'total' }],
    ['the unit is "bytes", the name says "none"', { ...gauge, unit: 'bytes' }],
    [
      'the unit is "seconds", the name says "timestamp_seconds"',
      { ...gauge, name: 'zaibei_x_timestamp_seconds', unit: 'seconds' },
    ],
    ['the label "Outcome" is not in snake case', { ...gauge, labels: ['Outcome'], known: {} }],
    ['the label "cluster" is not a metric', { ...gauge, labels: ['outcome', 'cluster'] }],
    ['the label "instance" is not a metric', { ...gauge, labels: ['outcome', 'instance'] }],
    ['a label is named twice', { ...gauge, labels: ['outcome', 'outcome'] }],
    ['values are known of "verdict"', { ...gauge, known: { verdict: ['ok'] } }],
    ['one of them stands twice', { ...gauge, known: { outcome: ['ok', 'ok'] } }],
    ['the known values of "outcome" are none', { ...gauge, known: { outcome: [] } }],
    ['the Chinese help', { ...gauge, help: { zh: 'Not Chinese.', en: 'Number of examples.' } }],
    ['the English help', { ...gauge, help: { zh: '示例。', en: '示例' } }],
    ['the English help', { ...gauge, help: { zh: '示例。', en: 'Two\nlines.' } }],
    ['what the figure is derived from', { ...gauge, from: ' ' }],
    ['only they, have buckets', { ...gauge, buckets: [1] }],
    ['do not rise', { ...histogram, buckets: [1, 1] }],
    ['do not rise', { ...histogram, buckets: [0, 1] }],
    ['do not rise', { ...histogram, buckets: [1, Infinity] }],
  ])('refuse what %s', (fault, metric) => {
    expect(namingFaults(metric).join('\n')).toContain(fault);
  });
});
