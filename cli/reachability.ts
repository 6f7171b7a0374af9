import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Option, type Command } from 'commander';
import { CliError } from './cli-error.ts';
import { EXIT_CODES } from './exit-code.ts';
import { runCommand, type Frame, type Report } from './frame/command-frame.ts';
import { outputOption, type OutputFormat } from './frame/output-format.ts';

/**
 * The program that makes the table. It is run, not imported: which policies there are is decided by the stacks, on which the
 * command line must not depend, and only they can tell what they would write.
 */
const PROGRAM = fileURLToPath(new URL('../stacks/reachability-main.ts', import.meta.url));

/** Adds `zaibei reachability`: who may reach whom, as the stacks of a site would have it. No cluster is asked. */
export function addReachabilityCommand(program: Command): void {
  program
    .command('reachability')
    .description('Show who may reach whom under the policies that the site would deploy.')
    .argument('[centre...]', 'centres; all unless named')
    .addOption(new Option('--site <folder>', 'folder of the site').env('ZAIBEI_SITE').default('config/lab'))
    .addOption(outputOption())
    .action(async (centres: string[], { site, output }: { site: string; output: OutputFormat }) => {
      await runCommand(program, output, (frame) => reachability(site, centres, output, frame));
    });
}

async function reachability(
  site: string,
  centres: readonly string[],
  format: OutputFormat,
  { environment, say }: Frame,
): Promise<Report> {
  const child = spawn(process.execPath, [PROGRAM, ...(format === 'table' ? [] : ['--json']), ...centres], {
    env: { ...environment, ZAIBEI_SITE: site },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, table, problem] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0)
    throw new CliError('ZB-CLI-006', say('reachabilityFailed', { problem: `\n${problem.trim()}` }));
  return {
    data: format === 'table' ? table : JSON.parse(table),
    text: () => table,
    exitCode: EXIT_CODES.fine,
  };
}
