import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { alignColumns } from '../operators/api/text/text-columns.ts';

/** Several measurements of one thing. Shared machines are noisy: the spread says how much to believe. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly samples: readonly number[];
}

/** Smallest, middle and largest of at least one sample, rounded to `digits`. @throws RangeError without a sample */
export function spread(samples: readonly number[], digits = 1): Spread {
  const rounded = samples.map((sample) => Number(sample.toFixed(digits)));
  const sorted = rounded.toSorted((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (min === undefined || max === undefined || low === undefined || high === undefined) {
    throw new RangeError('no sample');
  }
  return { min, median: Number(((low + high) / 2).toFixed(digits)), max, samples: rounded };
}

/** One line of a benchmark: what was measured, in which unit, and the budget where the design names one. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: Spread;
  /** Upper bound for the median. */
  readonly budget?: number;
  /** Lower bound for the median. */
  readonly atLeast?: number;
}

/** Writes `results/<benchmark>.json`, figures with the machine they were measured on. Returns its path. */
export async function writeResult(benchmark: string, figures: readonly Figure[], at: Date): Promise<string> {
  const file = path.join(import.meta.dirname, 'results', `${benchmark}.json`);
  const result = {
    benchmark,
    at: at.toISOString(),
    machine: {
      cores: os.availableParallelism(),
      processor: os.cpus()[0]?.model ?? 'unknown',
      memoryGiB: Math.round(os.totalmem() / 2 ** 30),
      kernel: os.release(),
      node: process.version,
    },
    figures,
  };
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(result, null, 2)}\n`);
  return file;
}

/** The figures as a table for people, each beside its budget. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, unit, value } = figure;
    return [name, `${value.median} ${unit}`, `${value.min}–${value.max}`, judge(figure)];
  });
  const lines = alignColumns([['', 'median', 'spread', 'budget'], ...rows]);
  return lines.map((line) => `${line}\n`).join('');
}

/** Whether the median lies within the bounds; a figure without any keeps them. */
export function keepsBounds({ value, budget = Infinity, atLeast = -Infinity }: Figure): boolean {
  return value.median >= atLeast && value.median <= budget;
}

function judge(figure: Figure): string {
  const { budget, atLeast } = figure;
  const bounds = [
    budget === undefined ? [] : `≤ ${budget}`,
    atLeast === undefined ? [] : `≥ ${atLeast}`,
  ].flat();
  return bounds.length === 0 ? '' : `${bounds.join(', ')} ${keepsBounds(figure) ? 'ok' : 'MISSED'}`;
}
