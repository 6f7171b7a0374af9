/**
 * `npm run soak -- <soak>`: keeps something busy for a while, looks whether it grows, and writes bench/results/<soak>-soak.json.
 * Ends with 1 where something grew beyond its allowance.
 */
import { Argument, Command, InvalidArgumentError } from 'commander';
import { progressLines } from '../lab/progress.ts';
import { figureTable, keepsBounds, writeResult } from './result.ts';
import { soakOperator } from './soak/operator-soak.ts';

const SOAKS = { operator: soakOperator } as const;

await new Command('npm run soak --')
  .description('Keep something busy for a while, and see that it does not grow.')
  .addArgument(new Argument('<soak>', 'what to keep busy').choices(Object.keys(SOAKS)))
  .option('--minutes <n>', 'how long', minutesOf, 10)
  .action(async (name: keyof typeof SOAKS, { minutes }: { minutes: number }) => {
    const progress = progressLines((text) => process.stderr.write(text));
    const figures = await SOAKS[name](minutes, progress);
    process.stdout.write(figureTable(figures));
    const file = await writeResult(`${name}-soak`, figures, new Date());
    process.stderr.write(`Written to ${file}\n`);
    if (!figures.every(keepsBounds)) process.exitCode = 1;
  })
  .parseAsync();

function minutesOf(text: string): number {
  if (!/^([4-9]|[1-9]\d{1,3})$/.test(text)) throw new InvalidArgumentError('use 4 to 9999');
  return Number(text);
}
