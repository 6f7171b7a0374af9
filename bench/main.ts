/** `npm run bench -- <benchmark>`: measures, compares with the budgets, and writes bench/results/<benchmark>.json. */
import { Argument, Command, InvalidArgumentError } from 'commander';
import { type Progress, progressLines } from '../lab/progress.ts';
import { benchLab } from './lab.ts';
import { benchMetrics } from './metrics.ts';
import { benchOperator } from './operator.ts';
import { type Figure, figureTable, writeResult } from './result.ts';
import { benchSite } from './site.ts';

const BENCHMARKS: Readonly<
  Record<string, (rounds: number, progress: Progress) => Promise<readonly Figure[]>>
> = {
  lab: benchLab,
  metrics: benchMetrics,
  operator: benchOperator,
  site: benchSite,
};

await new Command('npm run bench --')
  .description('Measure something several times on this machine.')
  .addArgument(new Argument('<benchmark>', 'what to measure').choices(Object.keys(BENCHMARKS)))
  .option('--rounds <n>', 'how often', positiveNumber, 3)
  .action(async (name: string, { rounds }: { rounds: number }) => {
    const measure = BENCHMARKS[name];
    if (measure === undefined) throw new InvalidArgumentError(`no benchmark "${name}"`);
    const progress = progressLines((text) => process.stderr.write(text));
    const figures = await measure(rounds, progress);
    process.stdout.write(figureTable(figures));
    const file = await writeResult(name, figures, new Date());
    process.stderr.write(`Written to ${file}\n`);
  })
  .parseAsync();

function positiveNumber(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('use 1 to 99');
  return Number(text);
}
