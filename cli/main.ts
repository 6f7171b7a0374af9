#!/usr/bin/env node
/**
 * The `zaibei` command line: `npx zaibei <command>`. What a command needs is loaded when it is called: a mistake in typing is
 * told at once.
 */
import { Command, CommanderError, Option } from 'commander';
import { addCatalogueCommand } from './catalogue/catalogue-command.ts';
import { addDatasetCommand } from './dataset/dataset-command.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { addExplainCommand } from './explain/explain-command.ts';
import { EXIT_CODES } from './exit-code.ts';
import { endWithItsReader } from './frame/closed-pipe.ts';
import { runCommand } from './frame/command-frame.ts';
import { LANGUAGES } from './frame/language.ts';
import { outputOption, type OutputFormat } from './frame/output-format.ts';
import { addJournalCommand } from './journal/journal-command.ts';
import { addPeerCommand } from './peer/peer-command.ts';
import { addReachabilityCommand } from './reachability.ts';
import { addStatusCommand } from './status/status-command.ts';

const EXIT_CODE_HELP = `
Exit codes:
  ${EXIT_CODES.fine}  nothing is wrong (there may be warnings)
  ${EXIT_CODES.findings}  something is wrong, or unknown; the output says what
  ${EXIT_CODES.usage}  the command line is not understood
  ${EXIT_CODES.unable}  something that is needed is not there, or cannot be read`;

const program = new Command('zaibei')
  .description('Disaster recovery and compute census for a government cloud (灾备).')
  .addOption(
    new Option(
      '--lang <language>',
      'language for people (default: LC_ALL, LC_MESSAGES, LANG: zh where they say so, else en)',
    ).choices(LANGUAGES),
  )
  .showHelpAfterError()
  .exitOverride()
  .addHelpText('afterAll', EXIT_CODE_HELP);

addStatusCommand(program);
addDoctorCommand(program);

program
  .command('validate')
  .description('Judge all documents of a site together, and report everything that is wrong.')
  .argument('<site-folder>', 'folder of the site, such as config/lab')
  .addOption(outputOption())
  .action(async (folder: string, options: { output: OutputFormat }) => {
    await runCommand(program, options.output, async () => {
      const { validate } = await import('./validate.ts');
      return validate(folder);
    });
  });

addDatasetCommand(program);
addPeerCommand(program);
addReachabilityCommand(program);
addExplainCommand(program);
addCatalogueCommand(program);
addJournalCommand(program);

endWithItsReader(process.stdout);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong. Asking for help is no mistake.
  process.exitCode = error.exitCode === 0 ? EXIT_CODES.fine : EXIT_CODES.usage;
}
// Everything is said once this is written: a plugin of a kubeconfig that hangs keeps nobody waiting.
process.stdout.write('', () => process.exit());
