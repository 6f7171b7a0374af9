import type { Command } from 'commander';
import type { Whereabouts } from '../centres/find-centres.ts';
import { whereaboutsOptions } from '../centres/whereabouts-options.ts';
import { runCommand } from '../frame/command-frame.ts';
import { outputOption, type OutputFormat } from '../frame/output-format.ts';

/** Adds `zaibei doctor`: what stands between a site and its working, and what to do about it. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('Look for what keeps a site from working, and say what to do about it.')
    .option('--pre', 'before the first deployment: what that makes need not be there')
    .addOption(outputOption());
  whereaboutsOptions(command).action(async (options: Whereabouts & { output: OutputFormat; pre?: true }) => {
    await runCommand(program, options.output, async (frame) => {
      const { diagnose } = await import('./diagnose.ts');
      return diagnose(options, options.pre === true, frame);
    });
  });
}
