import type { Command } from 'commander';
import { runCommand } from '../frame/command-frame.ts';
import { outputOption, type OutputFormat } from '../frame/output-format.ts';

/** Adds `zaibei explain`: what a field means and what may be written there, without a cluster. */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .description('Tell what a field of a document means, and what may be written there.')
    .argument('<kind.field>', 'such as Dataset, dataset.class or topo.spec.centres.role')
    .addOption(outputOption())
    .action(async (written: string, { output }: { output: OutputFormat }) => {
      await runCommand(program, output, async ({ say }) => {
        const { explain } = await import('./explain.ts');
        return explain(written, say);
      });
    });
}
