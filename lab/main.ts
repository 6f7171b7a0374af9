/** The command line of the lab: `npm run lab [-- <command>]`. */
import { spawnSync } from 'node:child_process';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Bandwidth } from '../operators/api/values/bandwidth.ts';
import { Duration } from '../operators/api/values/duration.ts';
import type { Machine } from './centre/machine.ts';
import { findFirstProcess } from './centre/processes.ts';
import { down } from './commands/down.ts';
import { labEnvironment, shellExports } from './commands/environment.ts';
import { changeLink, type LinkChange } from './commands/link.ts';
import { printLogs } from './commands/logs.ts';
import { switchOff, switchOn } from './commands/power.ts';
import { status } from './commands/status.ts';
import { describeLink, statusTable } from './commands/status-table.ts';
import { type RunningLab, up } from './commands/up.ts';
import { LabError, PowerOffError } from './errors.ts';
import { requireCentre } from './instance.ts';
import { DEFAULT_VOLUMES, stateDirectory } from './instance-record.ts';
import { type KnownInstance, machineFor, machinesOf, requireInstance } from './known-instance.ts';
import { linkKey } from './network/link-settings.ts';
import { progressLines } from './progress.ts';
import { deploySite } from './site/deploy.ts';
import { requireToolchain, type Toolchain } from './toolchain/toolchain.ts';

const progress = progressLines((text) => process.stderr.write(text));
const state = stateDirectory();
const interrupted = new AbortController();

const program = new Command('npm run lab --')
  .description(
    'Three real centres on one machine: network namespaces with a Kubernetes control plane and a node each.',
  )
  .option('--instance <name>', 'which lab: several can run side by side', 'lab')
  .showHelpAfterError();

/** What may be said about an instance that is started for the first time. */
function instanceOptions(command: Command): Command {
  return command
    .option('--slot <n>', 'addresses of a new instance, 0 to 29', wholeNumber)
    .option('--centres <names>', 'centres of a new instance, separated by commas')
    .option('--free-volumes <n>', 'how many volumes each centre of a new instance keeps free', wholeNumber)
    .option('--volume-size <quantity>', 'capacity that each of them states');
}

interface StartedLab extends RunningLab {
  readonly toolchain: Toolchain;
}

interface InstanceOptions {
  readonly slot?: number;
  readonly centres?: string;
  readonly freeVolumes?: number;
  readonly volumeSize?: string;
}

instanceOptions(program.command('start', { isDefault: true }))
  .description('start what is not running, deploy the site, show the status: what a bare `npm run lab` does')
  .action(async (options: InstanceOptions) => {
    const { instance, machines, toolchain } = await startCentres(options);
    await deploySite({ instance, toolchain, progress, signal: interrupted.signal });
    process.stdout.write(statusTable(await status(instance, machines)));
    process.stderr.write(whatNext(instance.name));
  });

instanceOptions(program.command('up'))
  .description('start the centres that are not running, and deploy nothing')
  .action(async (options: InstanceOptions) => {
    const { instance, machines } = await startCentres(options);
    process.stdout.write(statusTable(await status(instance, machines)));
  });

program
  .command('down')
  .description('remove the instance: processes, namespaces, links, cgroups, files; also after a crash')
  .option('--keep', 'keep the data, for the next start to find')
  .action(async ({ keep = false }: { keep?: boolean }) => {
    const found = await down({ name: instanceName(), state, progress, keep });
    progress.say(instanceName(), found ? 'is down' : 'was not there');
  });

program
  .command('status')
  .description('how the centres and links are')
  .addOption(new Option('-o, --output <format>').choices(['table', 'json']).default('table'))
  .action(async ({ output }: { output: string }) => {
    const known = await knownInstance();
    const found = await status(known.instance, machinesOf(known, await requireToolchain()));
    process.stdout.write(output === 'json' ? `${JSON.stringify(found, null, 2)}\n` : statusTable(found));
  });

program
  .command('logs <centre> [component]')
  .description('what a component of a centre printed; without a component, all of them')
  .option('-f, --follow', 'go on with what is added')
  .option('-n, --lines <n>', 'how many lines of each', wholeNumber, 20)
  .action(
    async (centre: string, component: string | undefined, options: { follow?: boolean; lines: number }) => {
      const { instance } = await knownInstance();
      const follow = options.follow ?? false;
      process.exitCode = await printLogs(requireCentre(instance, centre), component, { ...options, follow });
    },
  );

const power = program.command('power').description('turn a centre on, or pull its plug');

power.command('on <centre>').action(async (name: string) => {
  const wasOff = await switchOn(await machineOf(name), progress, interrupted.signal);
  progress.say(name, wasOff ? 'is on' : 'was on already');
});

power.command('off <centre>').action(async (name: string) => {
  const wasOn = await switchOff(await machineOf(name), progress);
  progress.say(name, wasOn ? 'is off' : 'was off already');
});

const link = program
  .command('link')
  .description('change the link between two centres; holds until changed again');

link
  .command('cut <a> <b>')
  .description('nothing passes, in either direction')
  .action((a: string, b: string) => change(a, b, { cut: true }));

link
  .command('heal <a> <b>')
  .description('end a cut, a limit and a delay')
  .action((a: string, b: string) => change(a, b, { cut: false, bitsPerSecond: undefined, delay: undefined }));

link
  .command('throttle <a> <b> <rate>')
  .description('let no more through than a rate such as 20Mbit')
  .action((a: string, b: string, rate: string) =>
    change(a, b, { bitsPerSecond: Bandwidth.parse(rate).bitsPerSecond }),
  );

link
  .command('delay <a> <b> <duration>')
  .description(
    'add a duration such as 15ms to every round trip of TCP connections to some ports of the nodes',
  )
  .requiredOption('--ports <ports>', 'which ports, separated by commas: 6443,30432', portNumbers)
  .action((a: string, b: string, duration: string, { ports }: { ports: [number, ...number[]] }) =>
    change(a, b, { delay: { roundTripMs: Duration.parse(duration).milliseconds, ports } }),
  );

program
  .command('env')
  .description('print what to export for kubectl and cdktf: eval "$(npm run --silent lab -- env)"')
  .action(async () => {
    const { instance } = await knownInstance();
    const environment = labEnvironment(instance, await requireToolchain(), process.env['PATH'] ?? '');
    process.stdout.write(shellExports(environment));
  });

program
  .command('kubectl <centre> [arguments...]')
  .description('kubectl as administrator of a centre')
  .allowUnknownOption()
  .action(async (name: string) => {
    const { instance, centre, toolchain } = await machineOf(name);
    if (findFirstProcess(centre.namespace) === undefined) throw new PowerOffError(name, instance.name);
    const { kubectl } = toolchain.programs;
    // As they were typed: a `--` among them is kubectl's.
    const words = process.argv.slice(process.argv.indexOf('kubectl') + 2);
    const access = [`--kubeconfig=${instance.kubeconfig}`, `--context=${centre.context}`];
    process.exitCode = spawnSync(kubectl, [...access, ...words], { stdio: 'inherit' }).status ?? 1;
  });

process.once('SIGINT', () => {
  interrupted.abort();
});
try {
  await program.parseAsync();
} catch (error) {
  if (interrupted.signal.aborted) {
    process.stderr.write(
      'Interrupted. `npm run lab` continues where this stopped, `npm run lab -- down` cleans up.\n',
    );
    process.exitCode = 130;
  } else {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function instanceName(): string {
  return program.opts<{ instance: string }>().instance;
}

async function startCentres({
  slot,
  centres,
  freeVolumes,
  volumeSize,
}: InstanceOptions): Promise<StartedLab> {
  const toolchain = await requireToolchain();
  const name = instanceName();
  const lab = await up({
    name,
    state,
    toolchain,
    progress,
    signal: interrupted.signal,
    ...(slot === undefined ? {} : { slot }),
    ...(centres === undefined ? {} : { centres: centres.split(',') }),
    volumes: { free: freeVolumes ?? DEFAULT_VOLUMES.free, size: volumeSize ?? DEFAULT_VOLUMES.size },
  });
  progress.say(name, lab.alreadyUp ? 'is already up' : 'is up');
  return { ...lab, toolchain };
}

function knownInstance(): Promise<KnownInstance> {
  return requireInstance(state, instanceName());
}

async function machineOf(name: string): Promise<Machine> {
  const known = await knownInstance();
  return machineFor(known, requireCentre(known.instance, name), await requireToolchain());
}

async function change(a: string, b: string, what: LinkChange): Promise<void> {
  const { instance } = await knownInstance();
  const settings = await changeLink(instance, [a, b], what, progress);
  const key = linkKey(requireCentre(instance, a), requireCentre(instance, b));
  process.stdout.write(`${describeLink({ link: key, ...settings })}\n`);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('use a whole number');
  return Number(text);
}

function portNumbers(text: string): number[] {
  const ports = text.split(',').map(wholeNumber);
  if (ports.some((port) => port < 1 || port > 65535)) throw new InvalidArgumentError('use 1 to 65535');
  return ports;
}

function whatNext(name: string): string {
  const lab = name === 'lab' ? 'npm run lab --' : `npm run lab -- --instance ${name}`;
  const silent = lab.replace('run', 'run --silent');
  return `
Next:
  eval "$(${silent} env)"              # kubectl and cdktf in this shell
  ${lab} power off production
  ${lab} link cut production remote-dr
  ${lab} status
  ${lab} down
`;
}

/** Errors with a code are for people; anything else is a mistake of ours, shown with where it happened. */
function messageOf(error: unknown): string {
  if (error instanceof LabError) return `${error.code}: ${error.message}`;
  if (error instanceof Error && 'code' in error) return error.message;
  if (error instanceof RangeError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
