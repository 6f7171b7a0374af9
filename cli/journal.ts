import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  EvidenceError,
  type JournalHead,
  parseHead,
  readPrivateKey,
  readPublicKey,
} from '../operators/evidence/index.ts';
import { EXIT_CODES } from './exit-code.ts';
import { chosenLanguage } from './frame/command-frame.ts';
import type { Language } from './frame/language.ts';
import { outputOption, type OutputFormat } from './frame/output-format.ts';
import { showRecords } from './journal-show.ts';
import { signJournal } from './journal-sign.ts';
import { JOURNAL_TEXT, say } from './journal-text.ts';
import { tellVerdict, verifyWithProgress } from './journal-verify.ts';

/** Where the operator's pod has its journal. */
const IN_THE_POD = '/var/lib/zaibei/journal';

interface ShowOptions {
  readonly journal: string;
  readonly output: OutputFormat;
  readonly kind?: string;
  readonly since?: number;
}

interface VerifyFlags {
  readonly journal: string;
  readonly output: OutputFormat;
  readonly centre?: string;
  readonly head: readonly JournalHead[];
  readonly key: readonly string[];
}

interface SignOptions {
  readonly journal: string;
  readonly key: string;
}

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
    .action(reporting(program, show));
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
    .action(reporting(program, verify));
  command
    .command('sign')
    .description('Verify the journal, and sign its head.')
    .addOption(folderOption())
    .requiredOption('--key <file>', 'private key (PEM), Ed25519 or SM2')
    .action(reporting(program, sign));
}

async function show({ journal, output, kind, since }: ShowOptions, language: Language): Promise<number> {
  let unreadable = 0;
  const pieces = showRecords(journal, { kind, since }, output, (path, problem) => {
    unreadable += 1;
    complain(say(JOURNAL_TEXT.unreadable, language, { path, problem }));
  });
  await pipeline(Readable.from(pieces), process.stdout, { end: false }).catch((error: unknown) => {
    // Whoever reads has seen enough, as `head` has.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  });
  return unreadable === 0 ? EXIT_CODES.fine : EXIT_CODES.findings;
}

async function verify(
  { journal, output, centre, head, key }: VerifyFlags,
  language: Language,
): Promise<number> {
  const keys = await Promise.all(key.map(async (file) => readPublicKey(await readText(file))));
  const verdict = await verifyWithProgress(journal, { centre, heads: head, keys }, language);
  const told = tellVerdict(
    { folder: journal, heads: head.length, keys: keys.length, verdict },
    output,
    language,
  );
  process.stdout.write(told.output);
  return told.exitCode;
}

async function sign({ journal, key }: SignOptions, language: Language): Promise<number> {
  const { output, exitCode } = await signJournal(journal, readPrivateKey(await readText(key)), language);
  process.stdout.write(output);
  return exitCode;
}

/** Runs an action, and ends with its exit code, or with that of what kept it from being done. */
function reporting<Options>(
  program: Command,
  action: (options: Options, language: Language) => Promise<number>,
) {
  return async (options: Options): Promise<void> => {
    try {
      process.exitCode = await action(options, chosenLanguage(program));
    } catch (error) {
      if (!(error instanceof EvidenceError)) throw error;
      complain(error.message);
      process.exitCode = EXIT_CODES.unable;
    }
  };
}

const complain = (line: string): void => void process.stderr.write(`${line}\n`);

const folderOption = (): Option =>
  new Option('--journal <folder>', 'folder of the journal').env('ZAIBEI_JOURNAL').default(IN_THE_POD);

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

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new EvidenceError('ZB-EVD-009', `the key cannot be read: ${String(cause)}`, { cause });
  }
}
