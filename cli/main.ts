/** The `zaibei` command line: `npm run zaibei -- <command>`. */
import { Command, CommanderError, Option } from 'commander';
import { EXIT_CODES } from './exit-code.ts';
import { addJournalCommand } from './journal.ts';
import { OUTPUT_FORMATS, validate } from './validate.ts';

const EXIT_CODE_HELP = `
Exit codes:
  ${EXIT_CODES.fine}  nothing is wrong (there may be warnings)
  ${EXIT_CODES.findings}  something is wrong; the output says what
  ${EXIT_CODES.usage}  the command line is not understood
  ${EXIT_CODES.unable}  something that is needed is not there, or cannot be read`;

const program = new Command('zaibei')
  .description('Disaster recovery and compute census for a government cloud (灾备).')
  .showHelpAfterError()
  .exitOverride()
  .addHelpText('afterAll', EXIT_CODE_HELP);

program
  .command('validate')
  .description('Judge all documents of a site together, and report everything that is wrong.')
  .argument('<site-folder>', 'folder of the site, such as config/lab')
  .addOption(
    new Option('-o, --output <format>', 'form of the output').choices(OUTPUT_FORMATS).default('text'),
  )
  .action(async (folder: string, options: { output: (typeof OUTPUT_FORMATS)[number] }) => {
    const { output, exitCode } = await validate(folder, options.output);
    process.stdout.write(output);
    process.exitCode = exitCode;
  });

addJournalCommand(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said what is wrong. Asking for help is no mistake.
  process.exitCode = error.exitCode === 0 ? EXIT_CODES.fine : EXIT_CODES.usage;
}
