/** A place in a site's folder, as editors count: lines and columns from 1. */
export interface Place {
  /** Path below the site's folder: `zones/province.yaml`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Place of what stands in no file of a site, such as a document that is missing. */
export const SITE_FOLDER: Place = { file: '.', line: 1, column: 1 };

/** One thing that is wrong with a site, or that a person should know about it. */
export interface Finding {
  /** Stable code of the rule: `ZB-TOP-001`. The list is in docs/reference/rules.md. */
  readonly code: string;
  /** An error refuses the site; a warning does not. */
  readonly severity: 'error' | 'warning';
  /** Document: `Dataset population/population-db`. */
  readonly subject: string;
  /** Field within the document: `spec.centres[1].region`; empty for the whole document. */
  readonly field: string;
  /** What is wrong: what was found, and what is allowed. One sentence, without the place. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  readonly place: Place;
}

/** Order of findings for people: by file, then by line and column, then by code. */
export function compareFindings(one: Finding, other: Finding): number {
  const [a, b] = [one.place, other.place];
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  if (a.line !== b.line) return a.line - b.line;
  if (a.column !== b.column) return a.column - b.column;
  return one.code < other.code ? -1 : one.code === other.code ? 0 : 1;
}
