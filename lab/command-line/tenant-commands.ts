import { Command, Option } from 'commander';
import { isHarmed, judgeWriting } from '../commands/judge-writing.ts';
import { status } from '../commands/status.ts';
import { tenantLines } from '../commands/status-table.ts';
import { bringTenants } from '../commands/tenants.ts';
import { machinesOf } from '../known-instance.ts';
import { TENANT_SIZES, type TenantSizeName } from '../tenants/sample-tenant.ts';
import { requirePrograms } from '../toolchain/toolchain.ts';
import { startWriter, stopWriter } from '../writer/writer-process.ts';
import { USUAL_RATE } from '../writer/writers.ts';
import { wholeNumber } from './option-values.ts';
import { knownInstance, type Session } from './session.ts';

/** `tenants` and `write`: departments that use what the site gives them. */
export function tenantCommands(session: Session): readonly Command[] {
  return [
    new Command('tenants')
      .description('bring the sample tenants into a site that has been deployed, and have them write')
      .addOption(
        new Option('--size <size>', 'how much data they begin with')
          .choices(Object.keys(TENANT_SIZES))
          .default('full'),
      )
      .action(async ({ size }: { size: TenantSizeName }) => {
        const machines = machinesOf(await knownInstance(session), await requirePrograms());
        await bringTenants(machines, TENANT_SIZES[size], session.progress);
      }),
    writeCommand(session),
  ];
}

function writeCommand(session: Session): Command {
  const { progress } = session;
  const write = new Command('write').description(
    'the writers of the sample tenants, and what they were told is kept',
  );
  write
    .command('start')
    .description('begin to write, and go on whatever happens to the centres')
    .option('--rate <n>', 'rows in a second, in each database', wholeNumber, USUAL_RATE)
    .action(async ({ rate }: { rate: number }) => {
      const { instance } = await knownInstance(session);
      const started = await startWriter(instance, Math.max(1, rate));
      progress.say(instance.name, started ? 'is being written' : 'was being written already');
    });
  write
    .command('stop')
    .description('end after the row that each is at')
    .action(async () => {
      const { instance } = await knownInstance(session);
      const stopped = await stopWriter(instance.name);
      progress.say(instance.name, stopped ? 'is not written any more' : 'was not being written');
    });
  write
    .command('status')
    .description('what each of them last wrote')
    .action(async () => {
      const known = await knownInstance(session);
      const found = await status(known.instance, machinesOf(known, await requirePrograms()));
      process.stdout.write(`${tenantLines(found).join('\n')}\n`);
    });
  write
    .command('judge')
    .description(
      'hold the data against the ledgers, as JSON; ends with 1 when something acknowledged is not there',
    )
    .action(async () => {
      const known = await knownInstance(session);
      // What is under way would be missing in the one or in the other.
      const wasWriting = await stopWriter(known.instance.name);
      try {
        const judged = await judgeWriting(machinesOf(known, await requirePrograms()));
        process.stdout.write(`${JSON.stringify(judged, null, 2)}\n`);
        process.exitCode = isHarmed(judged) ? 1 : 0;
      } finally {
        if (wasWriting) await startWriter(known.instance, USUAL_RATE);
      }
    });
  return write;
}
