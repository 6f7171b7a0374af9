import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Finding, Place } from '../../operators/api/site/finding.ts';
import { describeValue } from '../../operators/api/site/found-value.ts';
import { catalogueFinding, rowName, type Cell, type Row, type Sheet } from './sheet.ts';

/** Reads a list of mappings: the keys are the headings. */
export function readYaml(file: string, text: string): Sheet {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const wrong = (place: Place, message: string): Finding =>
    catalogueFinding('ZB-CLI-010', place, { subject: file }, message);
  if (document.errors.length > 0) {
    const findings = document.errors.map(({ pos, message }) => wrong(placeAt(pos[0]), message));
    return { headings: [], rows: [], findings };
  }
  if (!isSeq(document.contents)) {
    const { contents } = document;
    // Not made a value of: a few lines of anchors can stand for more than there is memory.
    const found = isScalar(contents) ? describeValue(contents.value) : describeNode(contents);
    const message = `found ${found}; use a list of records`;
    return { headings: [], rows: [], findings: [wrong(placeAt(0), message)] };
  }
  const records = document.contents.items.map((item) => recordOf(item as Node, placeAt)); // items of a parsed list are nodes
  return {
    headings: records.flatMap(({ headings }) => headings),
    rows: records.flatMap(({ row }) => row ?? []),
    findings: records.flatMap(({ findings }) => findings),
  };
}

function describeNode(node: unknown): string {
  if (node === null) return describeValue(null);
  return isMap(node) ? 'a mapping' : 'an alias';
}

interface ReadRecord {
  readonly headings: readonly Cell[];
  readonly row?: Row;
  readonly findings: readonly Finding[];
}

function recordOf(node: Node, placeAt: (offset: number) => Place): ReadRecord {
  const place = placeAt(node.range?.[0] ?? 0);
  const subject = rowName({ place });
  if (!isMap(node)) {
    const message = 'found no record; use "heading: value" lines';
    return { headings: [], findings: [catalogueFinding('ZB-CLI-010', place, { subject }, message)] };
  }
  const headings: Cell[] = [];
  const findings: Finding[] = [];
  const cells = new Map<string, Cell>();
  for (const { key, value } of node.items) {
    const heading = { text: textOf(key) ?? '', place: placeAt(offsetOf(key)) };
    headings.push(heading);
    const text = value === null ? '' : textOf(value);
    const where = placeAt(offsetOf(value) || offsetOf(key));
    if (text === undefined) {
      const what = { subject, field: heading.text };
      findings.push(catalogueFinding('ZB-CLI-012', where, what, 'found a list or a mapping; use text'));
    } else if (text !== '') cells.set(heading.text, { text, place: where });
  }
  return { headings, row: { place, cells }, findings };
}

/** A scalar as it was written: `1.10` stays a version. */
function textOf(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  return node.value === null ? '' : (node.source ?? '').trim();
}

function offsetOf(node: unknown): number {
  return isScalar(node) || isSeq(node) || isMap(node) ? (node.range?.[0] ?? 0) : 0;
}
