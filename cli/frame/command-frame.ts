import { stripVTControlCharacters, styleText } from 'node:util';
import type { Command } from 'commander';
import { EvidenceError } from '../../operators/evidence/evidence-error.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { sayIn, type Say } from '../messages/say.ts';
import { languageOf, type Language } from './language.ts';
import { formatData, type OutputFormat } from './output-format.ts';

/** Colours that mean something: how things stand. */
export type Tone = 'good' | 'doubtful' | 'bad';

/** What every command is given beside its own arguments. */
export interface Frame {
  readonly language: Language;
  /** Says a message of the catalogue. */
  readonly say: Say;
  /** Colours a text of a table, where whoever reads it sees colours: not with `NO_COLOR`, not in a pipe. */
  readonly paint: (tone: Tone, text: string) => string;
  /** One line about progress or trouble, on stderr. */
  readonly tell: (line: string) => void;
  readonly environment: NodeJS.ProcessEnv;
}

/** What a command found. */
export interface Report {
  /** For programs; the same in every language. Undefined: nothing goes to stdout. */
  readonly data: unknown;
  /** Documents that stand one after the other in YAML. Absent: the data is one. */
  readonly documents?: readonly unknown[];
  /** For people, with a final newline. */
  readonly text: () => string;
  /** One of `EXIT_CODES`. */
  readonly exitCode: number;
}

const COLOURS = { good: 'green', doubtful: 'yellow', bad: 'red' } as const;

/** The language of this call: of `--lang`, else of the shell. @param program the root, which has the option */
export function chosenLanguage(program: Command): Language {
  return program.opts<{ lang?: Language }>().lang ?? languageOf(process.env);
}

/**
 * Runs a command: its report goes to stdout in the form that was asked for, what keeps it from being done to stderr.
 * @param program the command line's root, which has the option `--lang`
 */
export async function runCommand(
  program: Command,
  format: OutputFormat,
  work: (frame: Frame) => Promise<Report>,
): Promise<void> {
  const language = chosenLanguage(program);
  const frame: Frame = {
    language,
    say: sayIn(language),
    paint: (tone, text) => styleText(COLOURS[tone], text, { stream: process.stdout }),
    tell: (line) => void process.stderr.write(`${line}\n`),
    environment: process.env,
  };
  try {
    const report = await work(frame);
    process.stdout.write(printed(report, format));
    process.exitCode = report.exitCode;
  } catch (error) {
    if (!(error instanceof CliError || error instanceof EvidenceError)) throw error;
    frame.tell(error.message);
    process.exitCode = EXIT_CODES.unable;
  }
}

/** What a report looks like in a form, as it goes to stdout or into a file. */
export function printed({ data, documents, text }: Report, format: OutputFormat): string {
  if (data === undefined) return '';
  if (format === 'table') return text();
  if (format === 'json' || documents === undefined) return formatData(data, format);
  return documents.map((document) => formatData(document, format)).join('---\n');
}

/**
 * One line without anything that a terminal would obey, signs among them that turn the direction of writing around and so make
 * a line read as another: texts of clusters and files are not ours.
 */
export function plainLine(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ');
}
