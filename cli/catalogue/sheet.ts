import type { Finding, Place } from '../../operators/api/site/finding.ts';

/** A cell as it was written, trimmed, and where. */
export interface Cell {
  readonly text: string;
  readonly place: Place;
}

/** A record of a catalogue. */
export interface Row {
  readonly place: Place;
  /** Cells by the heading that they stand under, empty ones left out. */
  readonly cells: ReadonlyMap<string, Cell>;
}

/** A catalogue as a file holds it, before anything in it is understood. */
export interface Sheet {
  /** Headings: of a table its first line, of a list of mappings every key of every one. */
  readonly headings: readonly Cell[];
  readonly rows: readonly Row[];
  /** What is wrong with the file as such. */
  readonly findings: readonly Finding[];
}

/** Codes of what can be wrong in a catalogue: its form, a heading, a cell, a record that stands twice. */
export type CatalogueCode = 'ZB-CLI-010' | 'ZB-CLI-011' | 'ZB-CLI-012' | 'ZB-CLI-013';

/** A finding about a catalogue. @param what row and heading that it is about */
export function catalogueFinding(
  code: CatalogueCode,
  place: Place,
  what: { readonly subject: string; readonly field?: string },
  message: string,
  remedy?: string,
): Finding {
  const { subject, field = '' } = what;
  return { code, severity: 'error', subject, field, message, place, ...(remedy !== undefined && { remedy }) };
}

/** How a row is called: by its line, which editors and spreadsheets both show. */
export function rowName({ place }: Pick<Row, 'place'>): string {
  return `row ${place.line}`;
}
