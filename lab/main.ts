/** The command line of the lab: `npm run lab [-- <command>]`. */
import { Command } from 'commander';
import { disasterCommands } from './command-line/disaster-commands.ts';
import { lookCommands } from './command-line/look-commands.ts';
import type { Session } from './command-line/session.ts';
import { tenantCommands } from './command-line/tenant-commands.ts';
import { startCommands } from './command-line/start-commands.ts';
import { PeeringError } from '../operators/api/peering/peering-error.ts';
import { InvalidValueError } from '../operators/api/values/invalid-value.ts';
import { LabError } from './errors.ts';
import { labCommand } from './lab-command.ts';
import { stateDirectory } from './instance-record.ts';
import { progressLines } from './progress.ts';

const interrupted = new AbortController();
const program = new Command('npm run lab --')
  .description(
    'Three real centres on one machine: network namespaces with a Kubernetes control plane and a node each.',
  )
  .option('--instance <name>', 'which lab: several can run side by side', 'lab')
  .showHelpAfterError();

const session: Session = {
  state: stateDirectory(),
  progress: progressLines((text) => process.stderr.write(text)),
  signal: interrupted.signal,
  instanceName: () => program.opts<{ instance: string }>().instance,
};

const [start, ...others] = startCommands(session);
if (start !== undefined) program.addCommand(start, { isDefault: true });
for (const command of [
  ...others,
  ...tenantCommands(session),
  ...disasterCommands(session),
  ...lookCommands(session),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

// The first Ctrl-C ends the waiting, a second one the command.
process.once('SIGINT', () => {
  interrupted.abort();
});

try {
  await program.parseAsync();
} catch (error) {
  if (interrupted.signal.aborted) {
    process.stderr.write(
      `Interrupted. \`${labCommand(session.instanceName())}\` continues where this stopped, \`${labCommand(session.instanceName(), 'down')}\` cleans up.\n`,
    );
    process.exitCode = 130;
  } else {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

/** What a person is told. Errors that were foreseen speak for themselves; any other is shown with where it happened. */
function messageOf(error: unknown): string {
  if (error instanceof LabError || error instanceof PeeringError) return `${error.code}: ${error.message}`;
  if (error instanceof InvalidValueError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
