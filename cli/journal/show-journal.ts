import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'yaml';
import { canonicalJson, readRecords, type JournalRecord } from '../../operators/evidence/index.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { plainLine, type Frame, type Report } from '../frame/command-frame.ts';
import type { OutputFormat } from '../frame/output-format.ts';

/** Which records are shown, and in which form. */
export interface ShowOptions {
  /** Folder of the journal. */
  readonly journal: string;
  readonly output: OutputFormat;
  /** Only of this kind. */
  readonly kind?: string;
  /** Only from this moment on, in milliseconds since 1970, by the times in the records. */
  readonly since?: number;
}

/**
 * Prints records to stdout, piece by piece, so that a journal of any length goes through a pipe; the report that is left has
 * the exit code only, `findings` where a file could not be shown.
 * @throws EvidenceError `ZB-EVD-004`
 */
export async function showJournal(options: ShowOptions, { say, tell }: Frame): Promise<Report> {
  let unreadable = 0;
  const pieces = showRecords(options, (path, problem) => {
    unreadable += 1;
    tell(say('recordUnreadable', { path: plainLine(path), problem: plainLine(problem) }));
  });
  await pipeline(Readable.from(pieces), process.stdout, { end: false }).catch((error: unknown) => {
    // Whoever reads has seen enough, as `head` has.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  });
  const exitCode = unreadable === 0 ? EXIT_CODES.fine : EXIT_CODES.findings;
  return { data: undefined, text: () => '', exitCode };
}

async function* showRecords(
  { journal, output, kind, since = -Infinity }: ShowOptions,
  onUnreadable: (path: string, problem: string) => void,
): AsyncGenerator<string> {
  const form = FORMS[output];
  let shown = 0;
  for await (const { path, record, problem } of readRecords(journal)) {
    if (record === undefined) {
      onUnreadable(path, problem);
      continue;
    }
    if ((kind !== undefined && record.kind !== kind) || Date.parse(record.time) < since) continue;
    yield `${shown === 0 ? form.before : form.between}${form.record(record)}`;
    shown += 1;
  }
  yield `${shown === 0 ? form.before : ''}${form.after}`;
}

/** A form of output: what stands before, between and behind the records. */
interface RecordForm {
  readonly before: string;
  readonly between: string;
  readonly after: string;
  readonly record: (record: JournalRecord) => string;
}

/** Columns are as wide as what usually stands in them: all widths would be known only at the end of the journal. */
const WIDTHS = [8, 24, 13, 28, 32];

const FORMS: Readonly<Record<OutputFormat, RecordForm>> = {
  table: {
    before: rowOf('SEQUENCE', 'TIME', 'KIND', 'ACTOR', 'OBJECT', 'BODY'),
    between: '',
    after: '',
    record: rowOfRecord,
  },
  // A list, and yet a record a line.
  json: { before: '[', between: ',', after: '\n]\n', record: (record) => `\n${JSON.stringify(record)}` },
  yaml: { before: '', between: '---\n', after: '', record: (record) => stringify(record) },
};

function rowOfRecord({ sequence, time, kind, actor, object, body }: JournalRecord): string {
  const name =
    object === undefined ? '-' : [object.kind, object.namespace, object.name].filter(Boolean).join('/');
  return rowOf(String(sequence), time, kind, actor, name, canonicalJson(body));
}

function rowOf(...cells: readonly string[]): string {
  // Control characters would be obeyed by the terminal.
  const plain = cells.map((cell, index) => cell.replaceAll(/\p{Cc}/gu, '\ufffd').padEnd(WIDTHS[index] ?? 0));
  return `${plain.join('  ')}\n`;
}
