import { Command, Option } from 'commander';
import { down } from '../commands/down.ts';
import { status } from '../commands/status.ts';
import { statusTable } from '../commands/status-table.ts';
import { type RunningLab, up } from '../commands/up.ts';
import { UsageError } from '../errors.ts';
import { DEFAULT_VOLUMES } from '../instance-record.ts';
import { connectPeers } from '../site/connect-peers.ts';
import { bringTenants } from '../commands/tenants.ts';
import { deploySite } from '../site/deploy.ts';
import { requireToolchain, type Toolchain } from '../toolchain/toolchain.ts';
import { TENANT_SIZES, type TenantSizeName } from '../tenants/sample-tenant.ts';
import { quantity, wholeNumber } from './option-values.ts';
import type { Session } from './session.ts';
import { whatNext } from './what-next.ts';

/** What may be said about an instance that is started for the first time. */
interface InstanceOptions {
  readonly slot?: number;
  readonly centres?: string;
  readonly freeVolumes?: number;
  readonly volumeSize?: string;
}

interface StartOptions extends InstanceOptions {
  readonly tenants: TenantSizeName | 'none';
}

interface StartedLab extends RunningLab {
  readonly toolchain: Toolchain;
}

/** `start` (what no command means), `up`, `down`. */
export function startCommands(session: Session): readonly Command[] {
  const { state, progress, signal, instanceName } = session;
  return [
    withInstanceOptions(new Command('start'))
      .description(
        'start what is not running, deploy the site, bring the sample tenants, show the status: what a bare `npm run lab` does',
      )
      // Any word that is no command ends up here.
      .argument('[words...]')
      .addOption(
        new Option('--tenants <size>', 'how much data the sample tenants begin with')
          .choices([...Object.keys(TENANT_SIZES), 'none'])
          .default('full'),
      )
      .action(async ([word]: readonly string[], { tenants, ...options }: StartOptions) => {
        if (word !== undefined)
          throw new UsageError(`There is no command "${word}". See: npm run lab -- help`);
        const { instance, machines, toolchain } = await start(session, options);
        await deploySite({ instance, toolchain, progress, signal });
        await connectPeers(machines, progress);
        if (tenants !== 'none') await bringTenants(machines, TENANT_SIZES[tenants], progress);
        process.stdout.write(statusTable(await status(instance, machines)));
        process.stderr.write(whatNext(instance));
      }),

    withInstanceOptions(new Command('up'))
      .description('start the centres that are not running, and deploy nothing')
      .action(async (options: InstanceOptions) => {
        const { instance, machines } = await start(session, options);
        process.stdout.write(statusTable(await status(instance, machines)));
      }),

    new Command('down')
      .description('remove the instance: processes, namespaces, links, cgroups, files; also after a crash')
      .option('--keep', 'keep the data, for the next start to find')
      .action(async ({ keep = false }: { keep?: boolean }) => {
        const found = await down({ name: instanceName(), state, progress, keep });
        progress.say(instanceName(), found ? 'is down' : 'was not there');
      }),
  ];
}

function withInstanceOptions(command: Command): Command {
  return command
    .option('--slot <n>', 'addresses of a new instance, 0 to 29', wholeNumber)
    .option('--centres <names>', 'centres of a new instance, separated by commas')
    .option('--free-volumes <n>', 'how many volumes each centre of a new instance keeps free', wholeNumber)
    .option('--volume-size <quantity>', 'capacity that each of them states', quantity);
}

async function start(
  { state, progress, signal, instanceName }: Session,
  { slot, centres, freeVolumes, volumeSize }: InstanceOptions,
): Promise<StartedLab> {
  const toolchain = await requireToolchain();
  const lab = await up({
    name: instanceName(),
    state,
    toolchain,
    progress,
    signal,
    ...(slot === undefined ? {} : { slot }),
    ...(centres === undefined ? {} : { centres: centres.split(',') }),
    volumes: { free: freeVolumes ?? DEFAULT_VOLUMES.free, size: volumeSize ?? DEFAULT_VOLUMES.size },
  });
  progress.say(instanceName(), lab.alreadyUp ? 'is already up' : 'is up');
  return { ...lab, toolchain };
}
