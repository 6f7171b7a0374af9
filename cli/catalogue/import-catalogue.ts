import type { Finding } from '../../operators/api/site/finding.ts';
import { compareFindings } from '../../operators/api/site/finding.ts';
import { showValue } from '../../operators/api/site/found-value.ts';
import { didYouMean } from '../../operators/api/site/nearest-name.ts';
import { COLUMNS, findColumn, labelOf } from './catalogue-column.ts';
import { datasetOfRow, type DatasetDocument } from './dataset-of-row.ts';
import { catalogueFinding, rowName, type Cell, type Sheet } from './sheet.ts';

/** The Datasets of a catalogue, or everything that is wrong with it: never some of both. */
export type ImportedCatalogue =
  | { readonly documents: readonly DatasetDocument[]; readonly findings: readonly [] }
  | { readonly documents: readonly []; readonly findings: readonly Finding[] };

/** Makes a Dataset of every record. Everything that is wrong is found at once. */
export function importCatalogue(sheet: Sheet): ImportedCatalogue {
  const results = sheet.rows.map((row) => ({ row, result: datasetOfRow(row) }));
  const documents = results.flatMap(({ result }) => ('document' in result ? result.document : []));
  const findings = [
    ...sheet.findings,
    ...(sheet.findings.length === 0 ? headingFindings(sheet) : []),
    ...results.flatMap(({ result }) => ('findings' in result ? result.findings : [])),
    ...twins(
      results.flatMap(({ row, result }) =>
        'document' in result ? [{ row, document: result.document }] : [],
      ),
    ),
  ];
  if (findings.length > 0) return { documents: [], findings: findings.sort(compareFindings) };
  return { documents, findings: [] };
}

function headingFindings(sheet: Sheet): Finding[] {
  const { headings, rows } = sheet;
  const known = COLUMNS.flatMap(({ name, heading }) => [heading, name]);
  const unknown = headings
    .filter(({ text }) => findColumn(text) === undefined)
    .map((heading) =>
      catalogueFinding(
        'ZB-CLI-011',
        heading.place,
        { subject: 'heading' },
        `found ${showValue(heading.text)}; use ${COLUMNS.map(labelOf).join(', ')}`,
        didYouMean(heading.text, known),
      ),
    );
  const missing = COLUMNS.filter(
    ({ name, required }) =>
      required === true && !headings.some(({ text }) => findColumn(text)?.name === name),
  ).map((column) =>
    catalogueFinding(
      'ZB-CLI-011',
      rows[0]?.place ?? { file: headings[0]?.place.file ?? '', line: 1, column: 1 },
      { subject: 'heading' },
      `there is no column ${labelOf(column)}, which is required`,
    ),
  );
  return [...unknown, ...missing, ...(isTable(sheet) ? repeated(headings) : [])];
}

/** Whether headings stand above the records, and not within each of them: a list may be written on one line. */
function isTable({ headings: [first], rows: [row] }: Sheet): boolean {
  return first !== undefined && row !== undefined && first.place.line < row.place.line;
}

/** Headings of a table that stand twice. Keys of a mapping cannot: they are refused as YAML. */
function repeated(headings: readonly Cell[]): Finding[] {
  const line = headings[0]?.place.line;
  return headings.flatMap((heading, index) => {
    if (heading.place.line !== line) return [];
    const column = findColumn(heading.text);
    const first = headings.findIndex(({ text }) => column !== undefined && findColumn(text) === column);
    if (first < 0 || first >= index) return [];
    const message = `found ${showValue(heading.text)} a second time; a column stands once`;
    return catalogueFinding('ZB-CLI-011', heading.place, { subject: 'heading' }, message);
  });
}

/** Records that would make the same Dataset. */
function twins(
  made: readonly { readonly row: Sheet['rows'][number]; readonly document: DatasetDocument }[],
): Finding[] {
  const first = new Map<string, number>();
  return made.flatMap(({ row, document }) => {
    const { namespace, name } = document.metadata;
    const key = `${String(namespace)}/${String(name)}`;
    const line = first.get(key);
    if (line === undefined) {
      first.set(key, row.place.line);
      return [];
    }
    const message = `found ${showValue(key)} a second time, first on line ${line}; a Dataset stands once`;
    return catalogueFinding('ZB-CLI-013', row.place, { subject: rowName(row) }, message);
  });
}
