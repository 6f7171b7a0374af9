import { stringify } from 'yaml';
import { canonicalJson, type JournalRecord, readRecords } from '../operators/evidence/index.ts';
import type { OutputFormat } from './frame/output-format.ts';

/** Which records are shown. */
export interface RecordFilter {
  /** Only of this kind. */
  readonly kind?: string | undefined;
  /** Only from this moment on, in milliseconds since 1970, by the times in the records. */
  readonly since?: number | undefined;
}

/**
 * What `zaibei journal show` prints, piece by piece, so that a journal of any length goes through a pipe.
 * @param onUnreadable called with each file that cannot be shown, and why
 */
export async function* showRecords(
  folder: string,
  { kind, since = -Infinity }: RecordFilter,
  format: OutputFormat,
  onUnreadable: (path: string, problem: string) => void,
): AsyncGenerator<string> {
  const form = FORMS[format];
  let shown = 0;
  for await (const { path, record, problem } of readRecords(folder)) {
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
