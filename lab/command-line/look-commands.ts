import { spawnSync } from 'node:child_process';
import { Command, Option } from 'commander';
import { findFirstProcess } from '../centre/processes.ts';
import { labEnvironment, shellExports } from '../commands/environment.ts';
import { printLogs } from '../commands/logs.ts';
import { status } from '../commands/status.ts';
import { statusTable } from '../commands/status-table.ts';
import { PowerOffError } from '../errors.ts';
import { requireCentre } from '../instance.ts';
import { machinesOf } from '../known-instance.ts';
import { adminOptions } from '../kubectl.ts';
import { requirePrograms } from '../toolchain/toolchain.ts';
import { wholeNumber } from './option-values.ts';
import { knownInstance, machineNamed, type Session } from './session.ts';

/** `status`, `logs`, `env`, `kubectl`: they change nothing in the lab. */
export function lookCommands(session: Session): readonly Command[] {
  return [
    new Command('status')
      .description('how the centres and links are')
      .addOption(new Option('-o, --output <format>').choices(['table', 'json']).default('table'))
      .action(async ({ output }: { output: string }) => {
        const known = await knownInstance(session);
        const found = await status(known.instance, machinesOf(known, await requirePrograms()));
        process.stdout.write(output === 'json' ? `${JSON.stringify(found, null, 2)}\n` : statusTable(found));
      }),

    new Command('logs')
      .description('what a component of a centre printed; without a component, all of them')
      .argument('<centre>')
      .argument('[component]')
      .option('-f, --follow', 'go on with what is added', false)
      .option('-n, --lines <n>', 'how many lines of each', wholeNumber, 20)
      .action(
        async (name: string, component: string | undefined, options: { follow: boolean; lines: number }) => {
          const { instance } = await knownInstance(session);
          process.exitCode = await printLogs(requireCentre(instance, name), component, options);
        },
      ),

    new Command('env')
      .description('print what to export for kubectl and cdktf: eval "$(npm run --silent lab -- env)"')
      .action(async () => {
        const { instance } = await knownInstance(session);
        const environment = labEnvironment(instance, await requirePrograms(), process.env['PATH'] ?? '');
        process.stdout.write(shellExports(environment));
      }),

    new Command('kubectl')
      .description('kubectl as administrator of a centre')
      .argument('<centre>')
      .argument('[arguments...]')
      .allowUnknownOption()
      .action(async (name: string) => {
        const { instance, centre, toolchain } = await machineNamed(session, name);
        if (findFirstProcess(centre.namespace) === undefined) throw new PowerOffError(name, instance.name);
        const access = adminOptions({ instance, centre });
        // As they were typed: a `--` among them is kubectl's.
        const words = process.argv.slice(process.argv.indexOf('kubectl') + 2);
        const kubectl = spawnSync(toolchain.programs.kubectl, [...access, ...words], { stdio: 'inherit' });
        process.exitCode = kubectl.status ?? 1;
      }),
  ];
}
