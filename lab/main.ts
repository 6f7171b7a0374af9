import { Command, Option } from 'commander';
import { down } from './commands/down.ts';
import { status } from './commands/status.ts';
import { statusTable } from './commands/status-table.ts';
import { machinesOf, up } from './commands/up.ts';
import { LabError, NoSuchInstanceError } from './errors.ts';
import { instanceOf, listRecords, readRecord, stateDirectory } from './instance-record.ts';
import { progressLines } from './progress.ts';
import { requireToolchain } from './toolchain/toolchain.ts';

const progress = progressLines((text) => process.stderr.write(text));
const state = stateDirectory();

const program = new Command('npm run lab --').option('--instance <name>', 'which lab', 'lab');
const instanceName = (): string => program.opts<{ instance: string }>().instance;

program.command('up', { isDefault: true }).action(async () => {
  const { instance, machines, alreadyUp } = await up({
    name: instanceName(),
    state,
    toolchain: await requireToolchain(),
    progress,
  });
  progress.say(instance.name, alreadyUp ? 'is already up' : 'is up');
  process.stdout.write(statusTable(await status(instance, machines)));
});

program
  .command('down')
  .option('--keep', 'keep the data')
  .action(async ({ keep = false }: { keep?: boolean }) => {
    const found = await down({ name: instanceName(), state, progress, keep });
    progress.say(instanceName(), found ? 'is down' : 'was not there');
  });

program
  .command('status')
  .addOption(new Option('-o, --output <format>').choices(['table', 'json']).default('table'))
  .action(async ({ output }: { output: string }) => {
    const record = await readRecord(state, instanceName());
    if (record === undefined) {
      const known = await listRecords(state);
      throw new NoSuchInstanceError(
        instanceName(),
        known.map((other) => other.name),
      );
    }
    const instance = instanceOf(state, record);
    const found = await status(instance, machinesOf(instance, record, await requireToolchain()));
    process.stdout.write(output === 'json' ? `${JSON.stringify(found, null, 2)}\n` : statusTable(found));
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
