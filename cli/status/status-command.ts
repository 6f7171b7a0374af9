import type { Command } from 'commander';
import type { Whereabouts } from '../centres/find-centres.ts';
import { whereaboutsOptions } from '../centres/whereabouts-options.ts';
import { runCommand } from '../frame/command-frame.ts';
import { outputOption, type OutputFormat } from '../frame/output-format.ts';

/** Adds `zaibei status`: all centres on one screen. */
export function addStatusCommand(program: Command): void {
  const command = program
    .command('status')
    .description('Show all centres on one screen. Ends within a few seconds, whatever is down.')
    .addOption(outputOption());
  whereaboutsOptions(command).action(async (options: Whereabouts & { output: OutputFormat }) => {
    await runCommand(program, options.output, async (frame) => {
      const { showStatus } = await import('./show-status.ts');
      return showStatus(options, frame);
    });
  });
}
