/** The text format of Prometheus, for series that are derived while a page is rendered. */
import type { LabelValues, Metric } from './metric.ts';

/** What stands above the series of a metric, with a line break at its end. */
export function formatHead({ name, type }: Metric, help: string): string {
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;
}

/**
 * Names the series of a metric: `zaibei_queue_depth{controller="topology"}`, labels in the order of the definition.
 * The name throws a TypeError where a label has no value.
 */
export function seriesNames({ name, labels }: Metric): (values: LabelValues<string>) => string {
  if (labels.length === 0) return () => name;
  const parts = labels.map((label, index) => ({
    label,
    opening: `${index === 0 ? `${name}{` : '",'}${label}="`,
  }));
  return (values) => {
    let text = '';
    for (const { label, opening } of parts) {
      const value = values[label];
      if (value === undefined)
        throw new TypeError(`a series of ${name} has no value for the label "${label}"`);
      text += opening + escapeLabelValue(value);
    }
    return `${text}"}`;
  };
}

const TO_ESCAPE = /[\\\n"]/;

function escapeLabelValue(value: string): string {
  if (!TO_ESCAPE.test(value)) return value;
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
