import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import type { Place } from '../../operators/api/site/finding.ts';
import { catalogueFinding, type Cell, type Row, type Sheet } from './sheet.ts';

/** A record as the library gives it: its cells, the text it was made of, and how far in the file it ends. */
interface RawRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: InfoRecord;
}

/** Reads a table: headings first, separated by commas, or by tabs where there is one in the headings. */
export function readCsv(file: string, text: string): Sheet {
  const delimiter = /^[^\n]*\t/.test(text) ? '\t' : ',';
  let records: RawRecord[];
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      trim: true,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as RawRecord[]; // what `info` and `raw` make of the result, its types do not say
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    const finding = catalogueFinding(
      'ZB-CLI-010',
      { file, line, column: 1 },
      { subject: file },
      error.message,
      'write a quote within a cell twice, and close each cell that begins with one',
    );
    return { headings: [], rows: [], findings: [finding] };
  }
  if (records.length === 0) {
    const place = { file, line: 1, column: 1 };
    const message = 'found nothing; use a table with headings';
    return {
      headings: [],
      rows: [],
      findings: [catalogueFinding('ZB-CLI-010', place, { subject: file }, message)],
    };
  }
  const [first, ...others] = records.map((record) => cellsOf(record, file, delimiter));
  const headings = first ?? [];
  const filled = others.filter((cells) => cells.some(({ text: written }) => written !== ''));
  return {
    headings,
    rows: filled.map((cells) => rowOf(cells, headings, file)),
    findings: filled
      .filter((cells) => cells.length !== headings.length)
      .map((cells) =>
        catalogueFinding(
          'ZB-CLI-010',
          cells[0]?.place ?? { file, line: 1, column: 1 },
          { subject: `row ${cells[0]?.place.line ?? 1}` },
          `found ${cells.length} cells; there are ${headings.length} headings`,
          'put a cell with a comma in it into quotes',
        ),
      ),
  };
}

function rowOf(cells: readonly Cell[], headings: readonly Cell[], file: string): Row {
  return {
    place: cells[0]?.place ?? { file, line: 1, column: 1 },
    cells: new Map(
      headings.flatMap(({ text }, index) => {
        const cell = cells[index];
        return cell === undefined || cell.text === '' ? [] : [[text, cell] as const];
      }),
    ),
  };
}

function cellsOf({ record, raw, info }: RawRecord, file: string, delimiter: string): Cell[] {
  // Empty lines that were left out stand before the record; the last line break belongs to it.
  const text = raw.replace(/\r?\n$/, '');
  const firstLine = info.lines - lineBreaks(text);
  const starts = cellStarts(text, delimiter);
  return record.map((cell, index) => {
    const before = text.slice(0, starts[index] ?? 0);
    const place: Place = {
      file,
      line: firstLine + lineBreaks(before),
      column: before.length - before.lastIndexOf('\n'),
    };
    return { text: cell, place };
  });
}

/** Where the cells of a record begin: behind each delimiter that does not stand in quotes. */
function cellStarts(text: string, delimiter: string): number[] {
  const starts = [0];
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '"') quoted = !quoted;
    else if (text[index] === delimiter && !quoted) starts.push(index + 1);
  }
  return starts;
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}
