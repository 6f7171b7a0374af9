import { API_VERSION, datasetKind } from '../../operators/api/index.ts';
import { formatPath, type FieldPath } from '../../operators/api/site/field-path.ts';
import type { Finding } from '../../operators/api/site/finding.ts';
import { showValue } from '../../operators/api/site/found-value.ts';
import { parseDocument } from '../../operators/api/site/parse-document.ts';
import {
  COLUMNS,
  ENGINE_COLUMN,
  ENGINES,
  findColumn,
  labelOf,
  type CatalogueColumn,
  type Engine,
} from './catalogue-column.ts';
import { catalogueFinding, rowName, type Cell, type Row } from './sheet.ts';

/** A Dataset as it is written into a site: without defaults. */
export interface DatasetDocument {
  readonly apiVersion: string;
  readonly kind: 'Dataset';
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A filled cell of a known column. */
interface FilledCell {
  readonly column: CatalogueColumn;
  readonly cell: Cell;
}

/** The Dataset of a record, or everything that is wrong with it. */
export function datasetOfRow(
  row: Row,
): { readonly document: DatasetDocument } | { readonly findings: readonly Finding[] } {
  const filled = [...row.cells]
    .flatMap(([heading, cell]): FilledCell[] => {
      const column = findColumn(heading);
      return column === undefined ? [] : [{ column, cell }];
    })
    // Whatever the order of the columns in the file, the documents read alike.
    .sort((one, other) => COLUMNS.indexOf(one.column) - COLUMNS.indexOf(other.column));
  const engine = engineOf(row, filled);
  if ('findings' in engine) return engine;
  const bad = new Map<CatalogueColumn, Finding>();
  const document = { apiVersion: API_VERSION, kind: 'Dataset' as const, metadata: {}, spec: {} };
  for (const { column, cell } of filled) {
    const path = pathOf(column, engine.engine);
    const result = path === undefined ? { bad: misplaced(cell, engine.engine) } : column.read(cell.text);
    if ('bad' in result) {
      const what = { subject: rowName(row), field: labelOf(column) };
      bad.set(column, catalogueFinding('ZB-CLI-012', cell.place, what, result.bad));
    } else if (path !== undefined) put(document, path, column === ENGINE_COLUMN ? {} : result.value);
  }
  const findings = [...bad.values(), ...refusals(document, row, filled, { engine: engine.engine, bad })];
  return findings.length > 0 ? { findings } : { document };
}

function engineOf(
  row: Row,
  filled: readonly FilledCell[],
): { readonly engine: Engine } | { readonly findings: readonly Finding[] } {
  const found = filled.find(({ column }) => column === ENGINE_COLUMN);
  const result = ENGINE_COLUMN.read(found?.cell.text ?? '');
  const engine = 'bad' in result ? undefined : ENGINES.find((known) => known === result.value);
  if (engine !== undefined) return { engine };
  const what = { subject: rowName(row), field: labelOf(ENGINE_COLUMN) };
  const message = 'bad' in result ? result.bad : '';
  return { findings: [catalogueFinding('ZB-CLI-012', found?.cell.place ?? row.place, what, message)] };
}

/** Where a column's value goes; undefined where this engine has no such field. The engine itself is a mapping. */
function pathOf({ path, engines }: CatalogueColumn, engine: Engine): readonly string[] | undefined {
  if (path === undefined) return ['spec', engine];
  if (engines === undefined) return path;
  return engines.includes(engine) ? ['spec', engine, ...path] : undefined;
}

function misplaced({ text }: Cell, engine: Engine): string {
  return `found ${showValue(text)}; a dataset of the kind ${engine} has nothing of that; leave the cell empty`;
}

/** What the schema of Dataset says, told of the cells that the fields were read from; of bad cells enough has been said. */
function refusals(
  document: DatasetDocument,
  row: Row,
  filled: readonly FilledCell[],
  { engine, bad }: { readonly engine: Engine; readonly bad: ReadonlyMap<CatalogueColumn, Finding> },
): Finding[] {
  const subject = rowName(row);
  const told = new Map<string, CatalogueColumn>();
  const placeOf = (path: FieldPath) => {
    const column = COLUMNS.find((one) => one !== ENGINE_COLUMN && leadsTo(pathOf(one, engine), path));
    if (column !== undefined) told.set(formatPath(path), column);
    return filled.find((cell) => cell.column === column)?.cell.place ?? row.place;
  };
  const source = { content: document, subject, placeOf, placeOfKey: placeOf };
  return parseDocument(source, datasetKind.schema).findings.flatMap(({ field, message, remedy, place }) => {
    const column = told.get(field);
    if (column !== undefined && bad.has(column)) return [];
    const what = { subject, field: column === undefined ? field : labelOf(column) };
    return catalogueFinding('ZB-CLI-012', place, what, message, remedy);
  });
}

function leadsTo(path: readonly string[] | undefined, field: FieldPath): boolean {
  return path?.every((step, index) => field[index] === step) === true;
}

/** Sets the value at a path, and makes the mappings on the way. */
function put(target: object, [step = '', ...rest]: readonly string[], value: unknown): void {
  if (step === '') return;
  const mapping = target as Record<string, unknown>; // made here, of nothing but mappings
  if (rest.length === 0) mapping[step] = value;
  else {
    mapping[step] ??= {};
    put(mapping[step] as object, rest, value); // a mapping, as was just made
  }
}
