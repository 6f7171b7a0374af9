import { type Command, InvalidArgumentError, Option } from 'commander';
import { JOURNAL_FOLDER } from '../../operators/api/layout/operator-program.ts';
import { parseHead, type JournalHead } from '../../operators/evidence/journal-head.ts';
import { runCommand } from '../frame/command-frame.ts';
import { outputOption } from '../frame/output-format.ts';
import type { ShowOptions } from './show-journal.ts';
import type { SignOptions } from './sign-journal.ts';
import type { VerifyOptions } from './verify-journal.ts';

/** Adds `zaibei journal`: it reads and checks the evidence of a centre, offline, in its folder or a copy of it. */
export function addJournalCommand(program: Command): void {
  const command = program
    .command('journal')
    .description('Show, verify or sign the journal of a centre (行为审计), offline.');
  command
    .command('show')
    .description('Print records, the first one first, without verifying them.')
    .addOption(folderOption())
    .addOption(outputOption())
    .option('--kind <kind>', 'only records of this kind, such as vote')
    .option('--since <instant>', 'only records from then on, such as 2026-11-22T08:00:00Z', readInstant)
    .action(async (options: ShowOptions) => {
      await runCommand(program, options.output, async (frame) => {
        const { showJournal } = await import('./show-journal.ts');
        return showJournal(options, frame);
      });
    });
  command
    .command('verify')
    .description('Verify every record, and name the first one that does not hold.')
    .addOption(folderOption())
    .addOption(outputOption())
    .option('--centre <name>', 'whose journal it must be')
    .option(
      '--head <digest@sequence>',
      "a head from elsewhere: a peer's status, the minutes; may be repeated",
      addHead,
      [],
    )
    .option('--key <file>', 'public key (PEM) of who signed heads; may be repeated', addText, [])
    .action(async (options: VerifyOptions) => {
      await runCommand(program, options.output, async (frame) => {
        const { verify } = await import('./verify-journal.ts');
        return verify(options, frame);
      });
    });
  command
    .command('sign')
    .description('Verify the journal, and sign its head.')
    .addOption(folderOption())
    .requiredOption('--key <file>', 'private key (PEM), Ed25519 or SM2')
    .action(async (options: SignOptions) => {
      await runCommand(program, 'table', async (frame) => {
        const { sign } = await import('./sign-journal.ts');
        return sign(options, frame);
      });
    });
}

const folderOption = (): Option =>
  new Option('--journal <folder>', 'folder of the journal').env('ZAIBEI_JOURNAL').default(JOURNAL_FOLDER);

const addText = (text: string, before: readonly string[]): string[] => [...before, text];

function addHead(text: string, before: readonly JournalHead[]): JournalHead[] {
  try {
    return [...before, parseHead(text)];
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : '');
  }
}

function readInstant(text: string): number {
  const time = /^\d{4}-\d\d-\d\d(T\S+)?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError('use an instant such as 2026-11-22T08:00:00Z, or a day.');
  return time;
}
