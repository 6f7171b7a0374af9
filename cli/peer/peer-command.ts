import { type Command, InvalidArgumentError } from 'commander';
import { InvalidValueError } from '../../operators/api/values/invalid-value.ts';
import { Duration } from '../../operators/api/values/duration.ts';
import type { Whereabouts } from '../centres/find-centres.ts';
import { whereaboutsOptions } from '../centres/whereabouts-options.ts';
import { runCommand } from '../frame/command-frame.ts';
import { outputOption, type OutputFormat } from '../frame/output-format.ts';

/** Adds `zaibei peer connect`: the operators of the voting centres get credentials to read each other. */
export function addPeerCommand(program: Command): void {
  const command = program
    .command('peer')
    .description('Let the operators of the centres read each other.')
    .command('connect')
    .description('Give each voting centre credentials to read the others; done again, it renews them.')
    .argument('[centre...]', 'only what these centres may read; all unless named')
    .option('--lifetime <duration>', 'how long the credentials are to hold', readSeconds, 90 * 86_400)
    .addOption(outputOption());
  whereaboutsOptions(command).action(
    async (readers: string[], options: Whereabouts & { output: OutputFormat; lifetime: number }) => {
      await runCommand(program, options.output, async (frame) => {
        const { connectPeers } = await import('./connect-centres.ts');
        return connectPeers({ ...options, readers }, frame);
      });
    },
  );
}

function readSeconds(text: string): number {
  try {
    return Duration.parse(text).seconds;
  } catch (error) {
    if (error instanceof InvalidValueError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
